/* Single precision inverse transform in place, planned with FFTW_MEASURE, one thread: prints the median processor seconds. */
#include <fftw3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    int n[3] = {atoi(argv[1]), atoi(argv[2]), atoi(argv[3])}, rounds = atoi(argv[4]);
    size_t points = (size_t) n[0] * n[1] * n[2];
    fftwf_complex *data = fftwf_malloc(points * sizeof *data);
    fftwf_plan plan = fftwf_plan_dft(n[0] == 1 ? 2 : 3, n[0] == 1 ? n + 1 : n, data, data, FFTW_BACKWARD, FFTW_MEASURE);
    double *times = malloc(rounds * sizeof *times);
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < points; i++) {
            data[i][0] = 1e-3f;
            data[i][1] = 0;
        }
        double start = seconds();
        fftwf_execute(plan);
        times[round] = seconds() - start;
    }
    qsort(times, rounds, sizeof *times, ascending);
    printf("RESULT %.9f\n", times[rounds / 2]);
    return 0;
}
