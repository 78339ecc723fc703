package org.isocenter.app.exam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.isocenter.app.fx.Tasks;
import org.isocenter.app.panel.EchoBuilder;
import org.junit.jupiter.api.Test;

class ExamModelTest {
    private final ExamModel exam = new ExamModel(Tasks.immediate());
    private final EchoBuilder builder = new EchoBuilder();

    private ExamItem add(String name) {
        ExamItem item = exam.add(builder);
        exam.apply(item, item.protocolProperty().get().named(name));
        return item;
    }

    private List<String> names() {
        return exam.items().stream().map(i -> i.protocolProperty().get().name()).toList();
    }

    @Test
    void anAddedScanIsSelectedAndSaysHowLongItTakes() {
        ExamItem item = exam.add(builder);

        assertThat(exam.selectedProperty().get()).isSameAs(item);
        assertThat(item.durationSecondsProperty().get()).isEqualTo(10);
        assertThat(item.detailProperty().get()).isEqualTo("2×2×5 mm");
        assertThat(item.stateProperty().get()).isEqualTo(ItemState.QUEUED);
    }

    @Test
    void aScanThatBreaksARuleNeedsAttentionAndIsNotNext() {
        ExamItem item = exam.add(builder);

        exam.apply(item, item.protocolProperty().get().with("TE", 0.001));

        assertThat(item.stateProperty().get()).isEqualTo(ItemState.NEEDS_ATTENTION);
        assertThat(item.detailProperty().get()).isEqualTo("needs attention: TE");
        assertThat(exam.next()).isEmpty();
    }

    @Test
    void everyChangeOfTheListCanBeTakenBack() {
        add("a");
        ExamItem b = add("b");
        add("c");
        exam.move(b, -1);
        assertThat(names()).containsExactly("b", "a", "c");
        exam.remove(b);
        assertThat(names()).containsExactly("a", "c");

        exam.undo();
        assertThat(names()).containsExactly("b", "a", "c");
        exam.undo();
        assertThat(names()).containsExactly("a", "b", "c");
    }

    @Test
    void aDuplicateStandsRightAfterItsOriginal() {
        ExamItem a = add("a");
        add("b");

        exam.duplicate(a);

        assertThat(names()).containsExactly("a", "a", "b");
    }

    @Test
    void aRunningScanCannotBeRemoved() {
        ExamItem a = add("a");
        a.begin();

        exam.remove(a);

        assertThat(names()).containsExactly("a");
    }

    @Test
    void takingBackAnAdditionLeavesAScanThatHasRun() {
        ExamItem a = exam.add(builder);
        a.begin();
        a.end(ItemState.DONE, ScanImages.NONE);

        exam.undo();

        assertThat(exam.items()).containsExactly(a);
    }

    @Test
    void theSelectedScanRunsFirstAndThenTheFirstThatIsReady() {
        ExamItem a = add("a");
        ExamItem b = add("b");
        exam.selectedProperty().set(b);
        assertThat(exam.next()).contains(b);

        b.begin();

        assertThat(exam.next()).contains(a);
    }
}
