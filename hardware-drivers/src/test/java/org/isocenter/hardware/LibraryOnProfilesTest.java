package org.isocenter.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceBuilder;
import org.isocenter.sequence.check.CheckedSequence;
import org.isocenter.sequence.check.SafetyCheck;
import org.isocenter.sequence.check.UnsafeSequenceException;
import org.isocenter.sequence.compile.EventCompiler;
import org.isocenter.sequence.library.SequenceLibrary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LibraryOnProfilesTest {
    static Stream<Arguments> pairs() {
        return ScannerProfile.BUILT_IN.stream()
                .flatMap(profile ->
                        SequenceLibrary.all().stream().map(builder -> Arguments.of(profile, builder.name())));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("pairs")
    void everyDefaultPassesOnEveryBuiltInScannerBeforeAndAfterItIsCompiled(String profile, String name)
            throws UnsafeSequenceException, ScannerException {
        SystemLimits limits = ScannerProfile.builtIn(profile).limits();
        SequenceBuilder builder = SequenceLibrary.find(name).orElseThrow();
        Protocol protocol = SequenceLibrary.defaults(builder, limits);
        assertThat(builder.validate(protocol, limits)).isEmpty();
        CheckedSequence checked = SafetyCheck.check(
                builder.build(protocol, limits, PatientPosition.HFS).sequence(), limits);
        new EventGuard(EventCompiler.compile(checked), limits, "test").check();
    }
}
