"""One task of pypulseq on one file: prints its processor seconds and the process' peak memory in MB. Arguments: TASK FILE SCRATCH."""

import resource
import sys
import time
import types
import warnings


class Absent(types.ModuleType):
    """Stands in for matplotlib, which pypulseq imports but these tasks do not use."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return type(name, (), {'__init__': lambda self, *a, **k: None, 'from_list': staticmethod(lambda *a, **k: None)})


try:
    import matplotlib  # noqa: F401
except ImportError:
    for module in ('', '.pyplot', '.colors', '.ticker', '.axes', '.figure', '.gridspec', '.collections', '.patches'):
        sys.modules['matplotlib' + module] = Absent('matplotlib' + module)

warnings.filterwarnings('ignore')
import pypulseq as pp  # noqa: E402


def main():
    task, file, scratch = sys.argv[1:4]
    seq = pp.Sequence()
    start = time.process_time()
    seq.read(file)
    if task == 'write':
        start = time.process_time()
        seq.write(scratch)
    elif task == 'kspace':
        start = time.process_time()
        seq.calculate_kspace()
    elif task == 'timing':
        start = time.process_time()
        seq.check_timing()
    elif task == 'pns':
        from pypulseq.utils.safe_pns_prediction import safe_example_hw

        start = time.process_time()
        seq.calculate_pns(safe_example_hw(), do_plots=False)
    elif task != 'read':
        raise SystemExit('no such task: ' + task)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print('RESULT %.6f %.1f' % (seconds, peak))


main()
