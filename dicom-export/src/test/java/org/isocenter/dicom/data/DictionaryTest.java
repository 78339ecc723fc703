package org.isocenter.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.List;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Test;

class DictionaryTest {
    @Test
    void everyTagIsInTheDictionaryUnderItsName() throws IllegalAccessException {
        for (Field constant : Tag.class.getFields()) {
            int tag = constant.getInt(null);
            assertThat(Dictionary.describe(tag)).isEqualTo(constant.getName() + " " + Tag.toString(tag));
            assertThat(Dictionary.vr(tag)).as(constant.getName()).isNotEqualTo(VR.UN);
        }
    }

    @Test
    void theDictionaryAgreesWithAnotherOne() throws IllegalAccessException {
        StringBuilder ours = new StringBuilder();
        for (Field constant : Tag.class.getFields()) {
            int tag = constant.getInt(null);
            ours.append(
                    String.format("%d %s %s%n", Integer.toUnsignedLong(tag), Dictionary.vr(tag), constant.getName()));
        }
        Peer.Output output = Peer.python(List.of("pydicom"), """
                import sys
                from pydicom.datadict import dictionary_VR, dictionary_keyword
                for line in sys.argv[1].splitlines():
                    tag, vr, keyword = line.split()
                    tag = int(tag)
                    if dictionary_keyword(tag) != keyword or vr not in dictionary_VR(tag).split(' or '):
                        print(line, 'is', dictionary_VR(tag), dictionary_keyword(tag))
                print('checked')
                """, ours.toString());
        assertThat(output.text()).isEqualTo("checked\n");
    }
}
