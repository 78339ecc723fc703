package org.isocenter.app.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.isocenter.app.fx.Tasks;
import org.isocenter.model.Protocol;
import org.isocenter.sequence.library.SequenceLibrary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParameterPanelModelTest {
    private final EchoBuilder builder = new EchoBuilder();
    private final List<Protocol> applied = new ArrayList<>();
    private final ParameterPanelModel model = new ParameterPanelModel(Tasks.immediate());

    @BeforeEach
    void edit() {
        model.edit(builder, null, SequenceLibrary.defaults(builder, null), false, applied::add);
    }

    private ParameterField field(String name) {
        return model.fields().stream()
                .filter(f -> f.spec().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void type(String name, String text) {
        field(name).textProperty().set(text);
    }

    @Test
    void aValueThatIsNotAllowedStaysAsTypedAndSaysWhy() {
        type("TE", "5");

        assertThat(field("TE").textProperty().get()).isEqualTo("5");
        assertThat(field("TE").problemProperty().get().message()).contains("TE must be ≥ 10 ms");
        assertThat(field("TE").problemProperty().get().remedies()).hasSize(2);
        assertThat(model.canApplyProperty().get()).isFalse();
        assertThat(model.draftProperty().get()).isEqualTo(Estimate.UNKNOWN);
    }

    @Test
    void aProblemThatNoFieldIsToBlameForIsToldToo() {
        assertThat(model.problemProperty().get()).isEmpty();
        type("averages", "60");

        assertThat(model.problemProperty().get()).isEqualTo("the amplifier needs a rest");
        assertThat(model.canApplyProperty().get()).isFalse();
        type("averages", "2");
        assertThat(model.problemProperty().get()).isEmpty();
    }

    @Test
    void aRemedyMendsTheFieldItNames() {
        type("TE", "5");

        model.take(field("TE").problemProperty().get().remedies().get(1));

        assertThat(field("TR").textProperty().get()).isEqualTo("50");
        assertThat(field("TE").problemProperty().get()).isNull();
        assertThat(model.canApplyProperty().get()).isTrue();
    }

    @Test
    void whatIsNoNumberIsKeptAndOffersTheValueBefore() {
        type("TE", "abc");

        assertThat(field("TE").textProperty().get()).isEqualTo("abc");
        assertThat(field("TE").problemProperty().get().message()).contains("abc");
        model.take(field("TE").problemProperty().get().remedies().get(0));
        assertThat(field("TE").textProperty().get()).isEqualTo("20");
        assertThat(field("TE").problemProperty().get()).isNull();
    }

    @Test
    void aUnitMayBeTypedAlong() {
        type("TE", "0.03 s");

        assertThat(field("TE").problemProperty().get()).isNull();
        model.apply();
        assertThat(applied.get(0).number("TE")).isEqualTo(0.03);
        assertThat(field("TE").textProperty().get()).isEqualTo("30");
    }

    @Test
    void applyHandsOverAllEditsAndThenNothingIsChanged() {
        type("TE", "30");
        type("averages", "2");
        type("orientation", "coronal");

        model.apply();

        assertThat(applied).hasSize(1);
        assertThat(applied.get(0).number("TE")).isEqualTo(0.03);
        assertThat(applied.get(0).count("averages")).isEqualTo(2);
        assertThat(applied.get(0).choice("orientation")).isEqualTo("coronal");
        assertThat(model.canApplyProperty().get()).isFalse();
        assertThat(model.canUndoProperty().get()).isFalse();
    }

    @Test
    void undoTakesBackOneFieldAtATime() {
        type("TE", "3");
        type("TE", "30");
        type("averages", "4");

        model.undo();
        assertThat(field("averages").textProperty().get()).isEqualTo("1");
        assertThat(field("TE").textProperty().get()).isEqualTo("30");
        model.undo();
        assertThat(field("TE").textProperty().get()).isEqualTo("20");
        assertThat(model.canUndoProperty().get()).isFalse();
    }

    @Test
    void theCostOfAnEditIsShownBesideWhatIsApplied() {
        type("averages", "4");

        assertThat(model.appliedProperty().get().durationSeconds()).isEqualTo(10, within(1e-9));
        assertThat(model.draftProperty().get().durationSeconds()).isEqualTo(40, within(1e-9));
        assertThat(model.draftProperty()
                        .get()
                        .relativeTo(model.appliedProperty().get()))
                .isEqualTo(2, within(1e-9));
        assertThat(model.draftProperty().get().columnMeters()).isEqualTo(0.002, within(1e-12));
    }

    @Test
    void theSameProtocolShownAgainIsTold() {
        List<Protocol> told = new ArrayList<>();
        model.editedProperty().addListener((o, before, now) -> told.add(now));

        model.edit(builder, null, SequenceLibrary.defaults(builder, null), true, applied::add);

        assertThat(told).containsExactly(null, SequenceLibrary.defaults(builder, null));
    }

    @Test
    void anAnswerToAnOlderEditIsNotShown() {
        Deque<Runnable> background = new ArrayDeque<>();
        ParameterPanelModel slow = new ParameterPanelModel(new Tasks(background::add, Runnable::run));
        slow.edit(builder, null, SequenceLibrary.defaults(builder, null), false, applied::add);
        ParameterField te = slow.fields().get(0);
        te.textProperty().set("5");
        te.textProperty().set("50");

        Runnable ofDefaults = background.poll();
        Runnable ofFive = background.poll();
        Runnable ofFifty = background.poll();
        ofFifty.run();
        ofDefaults.run();
        ofFive.run();

        assertThat(te.problemProperty().get()).isNull();
        assertThat(slow.canApplyProperty().get()).isTrue();
    }

    @Test
    void aScanThatHasBegunCanBeReadButNotChanged() {
        model.edit(builder, null, SequenceLibrary.defaults(builder, null), true, applied::add);

        type("averages", "4");
        model.apply();

        assertThat(field("TE").readOnlyProperty().get()).isTrue();
        assertThat(applied).isEmpty();
    }
}
