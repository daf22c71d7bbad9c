"""One table of single figures, each beside the bound that it has to keep."""


class Figures:
    def __init__(self):
        self.missed = 0

    def title(self, text):
        print(f"\n{text}\n{'figure':64} {'measured':>14}  {'wanted':14} {'':6} beside", flush=True)

    def judge(self, kept):
        self.missed += not kept
        return "ok" if kept else "MISSED"

    def row(self, figure, measured, unit="", at_most=None, at_least=None, beside=""):
        wanted, verdict = "", ""
        if at_most is not None:
            wanted, kept = f"<= {at_most:g}", measured <= at_most
        if at_least is not None:
            wanted, kept = f">= {at_least:g}", measured >= at_least
        if wanted:
            verdict = self.judge(kept)
        number = f"{measured:.0f}" if abs(measured) >= 1000 else f"{measured:.4g}"
        print(f"{figure:64} {number + ' ' + unit:>14}  {wanted:14} {verdict:6} {beside}", flush=True)
