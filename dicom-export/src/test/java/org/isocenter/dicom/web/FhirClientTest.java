package org.isocenter.dicom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.workflow.WorklistEntry;
import org.isocenter.dicom.workflow.WorklistQuery;
import org.isocenter.model.Code;
import org.isocenter.model.ScheduledStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Orders and image lists, with record systems that differ in what they know. */
class FhirClientTest {
    private static final ZoneId ZONE = ZoneOffset.ofHours(1);
    private static final WorklistQuery TODAY = WorklistQuery.of("ANY", LocalDate.of(2026, 11, 23), "MR");

    private static final String PATIENT = """
            {'resourceType':'Patient','id':'p1','identifier':[
              {'type':{'coding':[{'code':'SS'}]},'value':'123-45'},
              {'use':'official','type':{'coding':[{'code':'MR'}]},'value':'MRN-7'}],
             'name':[{'use':'official','family':'Wang','given':['Xiao','Dong'],'prefix':['Dr']},
              {'family':'王','given':['小東'],'extension':[
               {'url':'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation','valueCode':'IDE'}]},
              {'use':'old','family':'Former'}],
             'birthDate':'1980-02-29','gender':'female'}
            """;
    private static final String REQUESTER = """
            {'resourceType':'Practitioner','id':'d1','name':[{'family':'Okafor','given':['Ada']}]}
            """;

    private static String order(String id, String more) {
        return "{'resourceType':'ServiceRequest','id':'" + id + "','status':'active','intent':'order',"
                + "'subject':{'reference':'Patient/p1'},'requester':{'reference':'Practitioner/d1'}," + more
                + "'code':{'coding':[{'system':'http://loinc.org','code':'24556-7','display':'MR Knee'}]}}";
    }

    private static final String FULL = "'identifier':[{'type':{'coding':[{'code':'ACSN'}]},'value':'A-1'},"
            + "{'type':{'coding':[{'code':'FILL'}]},'value':'F-1'},"
            + "{'system':'urn:dicom:uid','value':'urn:oid:1.2.3.4'}],'priority':'stat',"
            + "'orderDetail':[{'coding':[{'system':'http://dicom.nema.org/resources/ontology/DCM','code':'MR'}]}],"
            + "'occurrenceDateTime':'2026-11-23T08:30:00Z',";

    private static FhirClient client(FakeFhir server) throws WebException {
        return new FhirClient(WebExamples.settings(server.base(), Optional.empty()));
    }

    private static List<ScheduledStep> steps(FakeFhir server) throws IOException {
        return client(server).orders(TODAY, ZONE).entries().stream()
                .map(WorklistEntry::step)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"HAPI", "OPENMRS", "OPENEMR"})
    void anOrderBecomesAWorklistEntry(FakeFhir.Style style) throws IOException {
        try (FakeFhir server = new FakeFhir(style, PATIENT, REQUESTER, order("s1", FULL))) {
            WorklistEntry entry = client(server).orders(TODAY, ZONE).entries().get(0);
            ScheduledStep step = entry.step();
            assertThat(entry.usable()).isTrue();
            assertThat(step.patient().name()).isEqualTo("Wang^Xiao^Dong^Dr=王^小東");
            assertThat(step.patient().id()).isEqualTo("MRN-7");
            assertThat(step.patient().birthDate()).isEqualTo("1980-02-29");
            assertThat(step.patient().sex()).isEqualTo("F");
            assertThat(step.procedure().accessionNumber()).isEqualTo("A-1");
            assertThat(step.procedure().id()).isEqualTo("F-1");
            assertThat(step.procedure().studyInstanceUid()).isEqualTo("1.2.3.4");
            assertThat(step.procedure().requestingPhysician()).isEqualTo("Okafor^Ada");
            assertThat(step.procedure().priority()).isEqualTo("STAT");
            assertThat(step.protocolCodes()).containsExactly(new Code("24556-7", "LN", "MR Knee"));
            assertThat(step.startDate()).isEqualTo("2026-11-23");
            assertThat(step.startTime()).isEqualTo(LocalTime.of(9, 30));
            assertThat(step.modality()).isEqualTo("MR");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HAPI", "OPENMRS", "OPENEMR"})
    void allPagesAreReadAndOnlyWhatIsMeantIsKept(FakeFhir.Style style) throws IOException {
        try (FakeFhir server = new FakeFhir(style, PATIENT, REQUESTER)) {
            for (int number = 1; number <= 5; number++) {
                server.add(order("s" + number, FULL.replace("1.2.3.4", "1.2.3." + number)));
            }
            server.add(order("done", FULL).replace("'active'", "'completed'"));
            server.add(order("plan", FULL).replace("'order'", "'plan'"));
            server.add(order("ct", FULL.replace("'MR'", "'CT'")));
            server.add(order("lab", FULL + "'category':[{'coding':[{'code':'108252007'}]}],"));
            server.add(order("later", FULL.replace("2026-11-23", "2026-11-25")));
            server.add(order("evening", FULL.replace("2026-11-23T08", "2026-11-23T23")));
            assertThat(steps(server))
                    .extracting(step -> step.procedure().studyInstanceUid())
                    .containsExactly("1.2.3.1", "1.2.3.2", "1.2.3.3", "1.2.3.4", "1.2.3.5");
        }
    }

    @Test
    void whatTheOrderDoesNotTellIsAProblemAndNotAGuess() throws IOException {
        String vague = "{'resourceType':'Patient','id':'p1','name':[{'text':'Wang'}],'birthDate':'1980',"
                + "'gender':'unknown','identifier':[{'value':'1'},{'value':'2'}]}";
        try (FakeFhir server = new FakeFhir(FakeFhir.Style.HAPI, vague, REQUESTER, order("0".repeat(36), ""))) {
            WorklistEntry entry = client(server).orders(TODAY, ZONE).entries().get(0);
            assertThat(entry.usable()).isFalse();
            assertThat(entry.step().patient().id()).isEmpty();
            assertThat(entry.step().patient().birthDate()).isNull();
            assertThat(entry.step().patient().sex()).isEmpty();
            assertThat(String.join("\n", entry.problems()))
                    .contains("record number", "birth date", "sex", "accession number", "Modality", "family and given");
        }
    }

    @Test
    void aMadeStudyUidIsAlwaysTheSameAndDiffersBetweenOrders() throws IOException {
        try (FakeFhir server =
                new FakeFhir(FakeFhir.Style.HAPI, PATIENT, REQUESTER, order("s1", ""), order("s2", ""))) {
            List<String> first = uids(server);
            assertThat(first).doesNotHaveDuplicates().allMatch(uid -> uid.startsWith("2.25."));
            assertThat(uids(server)).isEqualTo(first);
        }
    }

    private static List<String> uids(FakeFhir server) throws IOException {
        return steps(server).stream()
                .map(step -> step.procedure().studyInstanceUid())
                .toList();
    }

    @Test
    void aStudyThatIsThereAlreadyGivesItsUid() throws IOException {
        String study = "{'resourceType':'ImagingStudy','id':'i1','basedOn':[{'reference':'ServiceRequest/s1'}],"
                + "'identifier':[{'system':'urn:dicom:uid','value':'urn:oid:1.2.9'}]}";
        try (FakeFhir server = new FakeFhir(FakeFhir.Style.HAPI, PATIENT, REQUESTER, order("s1", ""), study)) {
            assertThat(uids(server)).containsExactly("1.2.9");
        }
    }

    @Test
    void aServerWithoutOrdersIsToldAsSuch() throws IOException {
        try (FakeFhir server = new FakeFhir(FakeFhir.Style.PATIENTS_ONLY, PATIENT)) {
            WebException failure = catchThrowableOfType(
                    WebException.class, () -> client(server).orders(TODAY, ZONE));
            assertThat(failure.kind()).isEqualTo(WebException.Kind.REFUSED);
            assertThat(failure).hasMessageContaining("404");
        }
    }

    private static ImagingStudy study(String uid, int... numbers) {
        ImagingStudy study = new ImagingStudy(uid, ZONE, Optional.of("https://pacs.example/dicom-web"));
        for (int number : numbers) {
            Attributes image = WebExamples.image(uid, number);
            image.setString(Tag.PatientID, "MRN-7");
            study.add(image);
        }
        return study;
    }

    @ParameterizedTest
    @EnumSource(names = {"HAPI", "OPENMRS", "OPENEMR"})
    void aStudyIsToldOnceAndThenAddedTo(FakeFhir.Style style) throws IOException {
        try (FakeFhir server = new FakeFhir(style, PATIENT, REQUESTER, order("s1", ""))) {
            String uid = uids(server).get(0);
            client(server).tell(study(uid, 1, 2));
            client(server).tell(study(uid, 1, 2));
            client(server).tell(study(uid, 3));
            JsonNode told = only(server.all("ImagingStudy"));
            assertThat(told.at("/basedOn/0/reference").asText()).isEqualTo("ServiceRequest/s1");
            assertThat(told.at("/subject/reference").asText()).isEqualTo("Patient/p1");
            assertThat(told.path("numberOfSeries").asInt()).isEqualTo(1);
            assertThat(told.path("numberOfInstances").asInt()).isEqualTo(3);
            assertThat(told.path("started").asText()).isEqualTo("2026-11-23T08:15:00+01:00");
            assertStructure(told);
            assertThat(server.requests().stream().filter(request -> request.startsWith("PUT")))
                    .as("the second telling changes nothing")
                    .hasSize(1);
        }
    }

    @Test
    void whatOthersToldOfAStudyStays() throws IOException {
        String theirs = "{'resourceType':'ImagingStudy','id':'i1','meta':{'versionId':'4'},'status':'available',"
                + "'subject':{'reference':'Patient/p1'},'note':[{'text':'seen'}],"
                + "'identifier':[{'system':'urn:dicom:uid','value':'urn:oid:2.25.5'}],'numberOfInstances':40,"
                + "'series':[{'uid':'1.9','modality':{'code':'MR'},'numberOfInstances':40}]}";
        try (FakeFhir server = new FakeFhir(FakeFhir.Style.HAPI, PATIENT, theirs)) {
            client(server).tell(study("2.25.5", 1));
            JsonNode merged = only(server.all("ImagingStudy"));
            assertThat(merged.at("/note/0/text").asText()).isEqualTo("seen");
            assertThat(merged.path("numberOfSeries").asInt()).isEqualTo(2);
            assertThat(merged.path("numberOfInstances").asInt()).isEqualTo(41);
        }
    }

    @Test
    void aStudyOfAPatientWhoIsNotThereOrThereTwiceIsRefused() throws IOException {
        try (FakeFhir server = new FakeFhir(FakeFhir.Style.HAPI, PATIENT, PATIENT.replace("'p1'", "'p2'"))) {
            assertThat(catchThrowableOfType(
                            WebException.class, () -> client(server).tell(study("2.25.5", 1))))
                    .hasMessageContaining("several patients")
                    .hasMessageNotContaining("MRN-7");
        }
        try (FakeFhir server = new FakeFhir(FakeFhir.Style.HAPI)) {
            assertThat(catchThrowableOfType(
                            WebException.class, () -> client(server).tell(study("2.25.5", 1))))
                    .hasMessageContaining("no patient");
            assertThat(server.all("ImagingStudy")).isEmpty();
        }
    }

    @Test
    void aServerThatIsNoFhirIsToldAsSuch() throws IOException {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.reply("200 OK", "", "{\"a\":1}"))) {
            FhirClient client = new FhirClient(WebExamples.settings(server.base(), Optional.empty()));
            assertThat(catchThrowableOfType(WebException.class, client::check)).hasMessageContaining("FHIR");
            assertThat(catchThrowableOfType(WebException.class, () -> client.orders(TODAY, ZONE)))
                    .hasMessageContaining("Bundle");
        }
    }

    @Test
    void aRefusedStudyNamesTheRuleAndNoneOfTheServersWords() throws IOException {
        try (FakeFhir server = new FakeFhir(FakeFhir.Style.HAPI, PATIENT);
                ScriptedServer strict = new ScriptedServer((request, out) -> {
                    if (request.head().startsWith("POST")) {
                        ScriptedServer.reply(
                                        "422 No",
                                        "",
                                        "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"code\":\"required\","
                                                + "\"expression\":[\"ImagingStudy.series[0].modality\"],"
                                                + "\"diagnostics\":\"of Wang\"}]}")
                                .answer(request, out);
                    } else {
                        String found = request.head().startsWith("GET /web/Patient")
                                ? "{\"resource\":" + server.all("Patient").get(0) + "}"
                                : "";
                        ScriptedServer.reply("200 OK", "", "{\"resourceType\":\"Bundle\",\"entry\":[" + found + "]}")
                                .answer(request, out);
                    }
                })) {
            FhirClient client = new FhirClient(WebExamples.settings(strict.base(), Optional.empty()));
            assertThat(catchThrowableOfType(WebException.class, () -> client.tell(study("2.25.5", 1))))
                    .hasMessageContaining("required ImagingStudy.series[0].modality")
                    .hasMessageNotContaining("Wang");
        }
    }

    private static JsonNode only(List<JsonNode> all) {
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** Elements of R4's ImagingStudy that are required, and all that may be there (imagingstudy.html, endpoint.html). */
    private static void assertStructure(JsonNode study) {
        assertElements(
                study,
                Set.of("resourceType", "status", "subject"),
                Set.of(
                        "id",
                        "meta",
                        "contained",
                        "identifier",
                        "modality",
                        "encounter",
                        "started",
                        "basedOn",
                        "referrer",
                        "interpreter",
                        "endpoint",
                        "numberOfSeries",
                        "numberOfInstances",
                        "procedureReference",
                        "procedureCode",
                        "location",
                        "reasonCode",
                        "reasonReference",
                        "note",
                        "description",
                        "series"));
        assertThat(study.path("status").asText())
                .isIn("registered", "available", "cancelled", "entered-in-error", "unknown");
        List<JsonNode> codings = new ArrayList<>();
        study.path("modality").forEach(codings::add);
        for (JsonNode series : study.path("series")) {
            assertElements(
                    series,
                    Set.of("uid", "modality"),
                    Set.of(
                            "id",
                            "number",
                            "description",
                            "numberOfInstances",
                            "endpoint",
                            "bodySite",
                            "laterality",
                            "specimen",
                            "started",
                            "performer",
                            "instance"));
            codings.add(series.path("modality"));
            for (JsonNode instance : series.path("instance")) {
                assertElements(instance, Set.of("uid", "sopClass"), Set.of("id", "number", "title"));
                codings.add(instance.path("sopClass"));
            }
        }
        codings.forEach(coding -> assertElements(coding, Set.of("system", "code"), Set.of("display", "version")));
        JsonNode endpoint = study.at("/contained/0");
        assertElements(
                endpoint,
                Set.of("resourceType", "status", "connectionType", "payloadType", "address"),
                Set.of("id", "name", "managingOrganization", "contact", "period", "payloadMimeType", "header"));
        assertThat(endpoint.at("/connectionType/code").asText()).isEqualTo("dicom-wado-rs");
        assertThat(study.at("/endpoint/0/reference").asText())
                .isEqualTo("#" + endpoint.path("id").asText());
    }

    private static void assertElements(JsonNode object, Set<String> required, Set<String> optional) {
        List<String> names = new ArrayList<>();
        object.fields().forEachRemaining((Map.Entry<String, JsonNode> field) -> {
            names.add(field.getKey());
            assertThat(field.getValue().isEmpty() && field.getValue().isContainerNode())
                    .as("FHIR has no empty arrays and objects: " + field.getKey())
                    .isFalse();
        });
        assertThat(names).containsAll(required);
        names.removeAll(required);
        assertThat(optional).containsAll(names);
    }
}
