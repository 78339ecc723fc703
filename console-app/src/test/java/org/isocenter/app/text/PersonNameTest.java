package org.isocenter.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonNameTest {
    @ParameterizedTest
    @CsvSource({
        "Doe^Jane, 'Doe, Jane'",
        "Yamada^Tarou=山田^太郎=やまだ^たろう, 'Yamada, Tarou = 山田, 太郎 = やまだ, たろう'",
        "=山田^太郎, '山田, 太郎'",
        "Muñoz^Ángel^María^^Dña., 'Muñoz, Ángel María Dña.'",
        "^Jane, Jane",
        "Phantom^, Phantom",
        "'Typed, so', 'Typed, so'",
        "'', ''",
    })
    void namesAreReadable(String name, String shown) {
        assertThat(PersonName.display(name)).isEqualTo(shown);
    }
}
