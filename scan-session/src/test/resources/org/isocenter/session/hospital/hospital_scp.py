"""A hospital's information system and archive for tests: performed steps (MPPS) and storage commitment, by pynetdicom.

Arguments: the folder that holds the package pynetdicom, our port, what to do, and where the console listens (or 0).
What to do: "ok"; "refuse:HHHH" (answer N-CREATE and N-SET with that status); "abort" (abort instead of answering); "commit-same" (answer commitment on the same association);
"commit-new" (on a new one, as the provider); "commit-fail" (the same, with every object refused: 0x0112). MR images are taken.
Prints one line of JSON for every message, with what PS3.4 tables F.7.2-1 and J.3-1 miss in it.
"""

import importlib.metadata
import json
import sys
import threading
import traceback

sys.path.insert(0, sys.argv[1])
real_version = importlib.metadata.version
importlib.metadata.version = lambda name: "3.0.0" if name == "pynetdicom" else real_version(name)

from pydicom.dataset import Dataset
from pynetdicom import AE, build_role, evt
from pynetdicom.sop_class import (
    ModalityPerformedProcedureStep, MRImageStorage, StorageCommitmentPushModel, Verification)

PORT, MODE, CONSOLE = int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
COMMITMENT_INSTANCE = "1.2.840.10008.1.20.1.1"

CREATE_1 = ["ScheduledStepAttributesSequence", "PerformedProcedureStepID", "PerformedStationAETitle",
            "PerformedProcedureStepStartDate", "PerformedProcedureStepStartTime", "PerformedProcedureStepStatus", "Modality"]
CREATE_2 = ["PatientName", "PatientID", "PatientBirthDate", "PatientSex", "ReferencedPatientSequence",
            "PerformedStationName", "PerformedLocation", "PerformedProcedureStepDescription",
            "PerformedProcedureTypeDescription", "ProcedureCodeSequence", "PerformedProcedureStepEndDate",
            "PerformedProcedureStepEndTime", "StudyID", "PerformedProtocolCodeSequence", "PerformedSeriesSequence"]
REQUEST_1 = ["StudyInstanceUID"]
REQUEST_2 = ["ReferencedStudySequence", "AccessionNumber", "RequestedProcedureID", "RequestedProcedureDescription",
             "ScheduledProcedureStepID", "ScheduledProcedureStepDescription", "ScheduledProtocolCodeSequence"]
SERIES_1 = ["ProtocolName", "SeriesInstanceUID"]
SERIES_2 = ["PerformingPhysicianName", "OperatorsName", "SeriesDescription", "RetrieveAETitle",
            "ReferencedImageSequence", "ReferencedNonImageCompositeSOPInstanceSequence"]
NOT_IN_SET = ["ScheduledStepAttributesSequence", "PatientName", "PatientID", "PatientBirthDate", "PatientSex",
              "ReferencedPatientSequence", "PerformedProcedureStepID", "PerformedStationAETitle",
              "PerformedProcedureStepStartDate", "PerformedProcedureStepStartTime", "Modality", "StudyID"]

steps = {}


def tell(**what):
    print(json.dumps(what, ensure_ascii=True), flush=True)


def missing(data, type1, type2, where=""):
    faults = [where + k for k in type1 if k not in data or data[k].value in (None, "") or data[k].VM == 0]
    return faults + [where + k for k in type2 if k not in data]


def code_faults(data, keyword):
    return sum((missing(item, ["CodeValue", "CodingSchemeDesignator", "CodeMeaning"], [], keyword + ".")
                for item in data.get(keyword) or []), [])


def series_faults(data):
    faults = []
    for item in data.get("PerformedSeriesSequence", []):
        faults += missing(item, SERIES_1, SERIES_2, "series.")
        for reference in item.get("ReferencedImageSequence", []):
            faults += missing(reference, ["ReferencedSOPClassUID", "ReferencedSOPInstanceUID"], [], "image.")
    return faults


def series_of(data):
    return [[item.SeriesInstanceUID, [str(r.ReferencedSOPInstanceUID) for r in item.ReferencedImageSequence]]
            for item in data.get("PerformedSeriesSequence", [])]


def misbehave(event):
    if MODE.startswith("refuse:"):
        return int(MODE[7:], 16)
    if MODE == "abort":
        event.assoc.abort()
    return None


def on_create(event):
    data = event.attribute_list
    uid = event.request.AffectedSOPInstanceUID
    faults = missing(data, CREATE_1, CREATE_2)
    for item in data.get("ScheduledStepAttributesSequence", []):
        faults += missing(item, REQUEST_1, REQUEST_2, "request.") + code_faults(item, "ScheduledProtocolCodeSequence")
        for reference in item.get("ReferencedStudySequence") or []:
            faults += missing(reference, ["ReferencedSOPClassUID", "ReferencedSOPInstanceUID"], [], "study.")
    faults += code_faults(data, "ProcedureCodeSequence")
    request = data.ScheduledStepAttributesSequence[0]
    tell(message="N-CREATE", uid=uid, faults=faults + series_faults(data), status=data.PerformedProcedureStepStatus,
         name=str(data.PatientName),
         patient=data.PatientID, step=data.PerformedProcedureStepID, study=request.StudyInstanceUID,
         accession=request.AccessionNumber, scheduled=request.ScheduledProcedureStepID,
         steps=[item.ScheduledProcedureStepID for item in data.ScheduledStepAttributesSequence],
         start=data.PerformedProcedureStepStartDate + data.PerformedProcedureStepStartTime,
         description=data.PerformedProcedureStepDescription)
    status = misbehave(event)
    if status is not None:
        return status, None
    if uid in steps:
        return 0x0111, None
    steps[uid] = "IN PROGRESS"
    return 0x0000, data


def on_set(event):
    data = event.modification_list
    uid = event.request.RequestedSOPInstanceUID
    status = data.get("PerformedProcedureStepStatus", "")
    faults = ["not allowed: " + k for k in NOT_IN_SET if k in data] + series_faults(data)
    faults += code_faults(data, "PerformedProcedureStepDiscontinuationReasonCodeSequence")
    if status in ("COMPLETED", "DISCONTINUED"):
        faults += missing(data, ["PerformedProcedureStepEndDate", "PerformedProcedureStepEndTime"], [])
    if status == "COMPLETED" and not data.get("PerformedSeriesSequence"):
        faults.append("PerformedSeriesSequence")
    reason = [item.CodeValue for item in data.get("PerformedProcedureStepDiscontinuationReasonCodeSequence", [])]
    tell(message="N-SET", uid=uid, faults=faults, status=status, series=series_of(data), reason=reason)
    refused = misbehave(event)
    if refused is not None:
        return refused, None
    if uid not in steps:
        return 0x0112, None
    if steps[uid] != "IN PROGRESS":
        return 0x0110, None
    if status:
        steps[uid] = status
    return 0x0000, data


def report(data):
    answer = Dataset()
    answer.TransactionUID = data.TransactionUID
    if MODE != "commit-fail":
        answer.ReferencedSOPSequence = data.ReferencedSOPSequence
        return answer, 1
    answer.FailedSOPSequence = data.ReferencedSOPSequence
    for item in answer.FailedSOPSequence:
        item.FailureReason = 0x0112
    return answer, 2


def report_later(data):
    client = AE(ae_title="HOSPITAL")
    client.add_requested_context(StorageCommitmentPushModel)
    role = build_role(StorageCommitmentPushModel, scp_role=True)
    assoc = client.associate("127.0.0.1", CONSOLE, ae_title="ISOCENTER", ext_neg=[role])
    if not assoc.is_established:
        tell(message="N-EVENT-REPORT", faults=["the console does not accept it"])
        return
    answer, kind = report(data)
    status, _ = assoc.send_n_event_report(answer, kind, StorageCommitmentPushModel, COMMITMENT_INSTANCE)
    tell(message="N-EVENT-REPORT", faults=[], status=status.get("Status", -1))
    assoc.release()


def on_action(event):
    data = event.action_information
    faults = missing(data, ["TransactionUID", "ReferencedSOPSequence"], [])
    for item in data.get("ReferencedSOPSequence", []):
        faults += missing(item, ["ReferencedSOPClassUID", "ReferencedSOPInstanceUID"], [], "object.")
    if event.request.RequestedSOPInstanceUID != COMMITMENT_INSTANCE or event.action_type != 1:
        faults.append("instance or action type")
    tell(message="N-ACTION", faults=faults, transaction=data.TransactionUID,
         objects=[str(item.ReferencedSOPInstanceUID) for item in data.ReferencedSOPSequence])
    if MODE == "commit-same":
        assoc = event.assoc

        def same():
            answer, kind = report(data)
            status, _ = assoc.send_n_event_report(answer, kind, StorageCommitmentPushModel, COMMITMENT_INSTANCE)
            tell(message="N-EVENT-REPORT", faults=[], status=status.get("Status", -1))

        threading.Timer(0.2, same).start()
    elif CONSOLE:
        threading.Timer(0.2, report_later, [data]).start()
    return 0x0000, None


def on_store(event):
    data = event.dataset
    tell(message="C-STORE", uid=data.SOPInstanceUID, faults=missing(data, ["SOPClassUID", "StudyInstanceUID"], []))
    return 0x0000


def telling_faults(handler):
    """pynetdicom hides what a handler raises."""
    def handle(event):
        try:
            return handler(event)
        except Exception:
            traceback.print_exc()
            raise
    return handle


ae = AE(ae_title="HOSPITAL")
ae.add_supported_context(Verification)
ae.add_supported_context(ModalityPerformedProcedureStep)
ae.add_supported_context(StorageCommitmentPushModel)
ae.add_supported_context(MRImageStorage)
ae.start_server(("127.0.0.1", PORT), block=True, evt_handlers=[
    (evt.EVT_N_CREATE, telling_faults(on_create)), (evt.EVT_N_SET, telling_faults(on_set)),
    (evt.EVT_N_ACTION, telling_faults(on_action)), (evt.EVT_C_STORE, telling_faults(on_store))])
