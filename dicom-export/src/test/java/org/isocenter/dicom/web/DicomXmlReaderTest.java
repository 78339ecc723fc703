package org.isocenter.dicom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DicomXmlReaderTest {
    private static Attributes read(String content) throws IOException {
        byte[] xml = ("<NativeDicomModel>" + content + "</NativeDicomModel>").getBytes(StandardCharsets.UTF_8);
        return DicomJsonReader.read("test", DicomXmlReader.read("test", xml), DicomJsonReader.BulkData.LEFT_OUT)
                .get(0);
    }

    @Test
    void valuesNamesItemsAndBinariesAreRead() throws IOException {
        Attributes dataset = read("""
                <!-- a comment -->
                <DicomAttribute tag="00100010" vr="PN"><PersonName number="1">
                  <Alphabetic><FamilyName>Hong</FamilyName><GivenName>Gildong</GivenName></Alphabetic>
                  <Ideographic><FamilyName>洪</FamilyName><GivenName>吉洞</GivenName></Ideographic>
                </PersonName></DicomAttribute>
                <DicomAttribute tag="00080008" vr="CS"><Value number="1">ORIGINAL</Value><Value number="2">PRIMARY</Value></DicomAttribute>
                <DicomAttribute tag="00280010" vr="US"><Value number="1">256</Value></DicomAttribute>
                <DicomAttribute tag="00281201" vr="OW"><InlineBinary>AQI=</InlineBinary></DicomAttribute>
                <DicomAttribute tag="7FE00010" vr="OW"><BulkData uri="http://h/b"/></DicomAttribute>
                <DicomAttribute tag="00081140" vr="SQ"><Item number="1">
                  <DicomAttribute tag="00081155" vr="UI"><Value number="1">2.25.7</Value></DicomAttribute>
                </Item></DicomAttribute>
                <DicomAttribute tag="0009xx01" vr="LO" privateCreator="X"><Value number="1">own</Value></DicomAttribute>
                <Unknown><Deep/></Unknown>
                """);
        assertThat(dataset.getString(Tag.PatientName)).isEqualTo("Hong^Gildong=洪^吉洞");
        assertThat(dataset.getStrings(Tag.ImageType)).containsExactly("ORIGINAL", "PRIMARY");
        assertThat(dataset.getInt(Tag.Rows, 0)).isEqualTo(256);
        assertThat(dataset.getBytes(0x00281201)).containsExactly(1, 2);
        assertThat(dataset.contains(Tag.PixelData)).isFalse();
        assertThat(dataset.getSequence(Tag.ReferencedImageSequence).get(0).getString(Tag.ReferencedSOPInstanceUID))
                .isEqualTo("2.25.7");
        assertThat(dataset.size()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><body>Smith</body></html>",
                "<NativeDicomModel><DicomAttribute tag=\"00100010\" vr=\"PN\">Smith",
                "<!DOCTYPE a [<!ENTITY b \"Smith\">]><NativeDicomModel>&b;</NativeDicomModel>",
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><NativeDicomModel>"
                        + "<DicomAttribute tag=\"00100020\" vr=\"LO\"><Value>&b;</Value></DicomAttribute></NativeDicomModel>",
                "<NativeDicomModel>Smith</NativeDicomModel>"
            })
    void whatIsNoSuchXmlIsRefusedWithoutRepeatingIt(String xml) {
        assertThatThrownBy(() -> DicomXmlReader.read("server", xml.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(WebException.class)
                .hasMessageStartingWith("server: no usable XML")
                .hasMessageNotContaining("Smith")
                .hasNoCause();
    }

    @Test
    void endlessNestingIsRefused() {
        String deep = "<DicomAttribute tag=\"00081140\" vr=\"SQ\"><Item>".repeat(100_000);
        assertThatThrownBy(() -> read(deep)).isInstanceOf(WebException.class);
    }
}
