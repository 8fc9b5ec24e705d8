"""`POST /v1/documents`: a batch in one transaction, an answer for each document, in the batch's order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from msgspec.structs import replace

from wizterm.domain.clock import Clock, milliseconds
from wizterm.domain.ids import NewId
from wizterm.protocol.bodies import CustomerBody, WishlistBody
from wizterm.protocol.documents import MOST_DOCUMENTS, Answer, Answers, Batch, Taken
from wizterm.protocol.problem import Code, problem
from wizterm.server.auth import Caller
from wizterm.server.deliveries import NO_MAILS, MailPlan
from wizterm.server.intake import customers, wishes
from wizterm.server.intake.doubts import Doubt, doubts
from wizterm.server.intake.figures import figures_doubted
from wizterm.server.intake.judging import judge
from wizterm.server.intake.reading import Paper, read
from wizterm.server.intake.recording import NOT_YET, Recorder
from wizterm.server.intake.standing import Standing, standing
from wizterm.server.states import States
from wizterm.server.store.store import Store
from wizterm.server.store.writing import Writing

_FIRST = {"customer": 0, "order": 1, "quote": 1, "cancellation": 2, "barcode": 3, "wishlist": 4}
"""What others in a batch may need comes first."""
Figures = Mapping[int, tuple[Doubt, ...]]
"""What is doubted about the figures of papers, by their place in the batch."""


class Intake:
    def __init__(
        self,
        store: Store,
        *,
        clock: Clock,
        new_id: NewId,
        erp_kinds: Collection[str],
        taken: Callable[[], None],
        mails: MailPlan = NO_MAILS,
        accept_codes: bool = False,
    ) -> None:
        """`erp_kinds` go to the ERP; `taken` is called when there may be something to deliver."""
        self._store = store
        self._clock = clock
        self._states = States(new_id)
        self._erp_kinds = erp_kinds
        self._taken = taken
        self._mails = mails
        self._accept_codes = accept_codes

    def take(self, caller: Caller, batch: Batch) -> Answers:
        if len(batch.documents) > MOST_DOCUMENTS:
            words = f"The batch has {len(batch.documents)} documents: expected at most {MOST_DOCUMENTS}."
            raise problem(413, Code.TOO_LARGE, "Too many documents", words, field="documents")
        readings = [read(envelope) for envelope in batch.documents]
        papers = {place: paper for place, paper in enumerate(readings) if isinstance(paper, Paper)}
        answers: dict[int, Answer] = {
            place: answer for place, answer in enumerate(readings) if not isinstance(answer, Paper)
        }
        if papers:
            with self._store.reading():
                figures = figures_doubted(papers)
            answers |= self._store.again(lambda: self._taken_together(caller, papers, figures))
            self._taken()
        return Answers(answers=tuple(answers[place] for place in range(len(readings))))

    def _taken_together(self, caller: Caller, papers: dict[int, Paper], figures: Figures) -> dict[int, Answer]:
        with self._store.writing() as writing:
            return self._take_all(caller, papers, figures, writing)

    def _take_all(
        self, caller: Caller, papers: dict[int, Paper], figures: Figures, writing: Writing
    ) -> dict[int, Answer]:
        stands = standing(caller, papers.values())
        now = self._clock.now()
        recorder = Recorder(
            writing,
            self._states,
            stands,
            milliseconds(now),
            erp_kinds=self._erp_kinds,
            mails=self._mails,
            accept_codes=self._accept_codes,
        )
        answers: dict[int, Answer] = {}
        for place, paper in sorted(papers.items(), key=lambda item: (_FIRST[item[1].kind], item[1].revision, item[0])):
            answers[place] = judge(paper, stands) or self._accept(paper, stands, figures.get(place, ()), recorder)
        recorder.write()
        return {place: _numbered(answer, writing) for place, answer in answers.items()}

    def _accept(self, paper: Paper, stands: Standing, figures: tuple[Doubt, ...], recorder: Recorder) -> Taken:
        recorder.take(paper, (*doubts(paper, stands, self._clock.now().date()), *figures))
        if isinstance(paper.body, CustomerBody) and paper.revision == max(stands.revisions(paper.id)):
            customers.welcome(recorder.writing, paper.body, stands)
        if isinstance(paper.body, WishlistBody):
            wishes.keep(recorder.writing, paper.body)
        return Taken(
            id=paper.id,
            revision=paper.revision,
            sha256=paper.envelope.sha256,
            server=stands.server,
            epoch=stands.epoch,
            sequence=NOT_YET,
        )


def _numbered(answer: Answer, writing: Writing) -> Answer:
    """Numbers are drawn last: whoever has one keeps every other writer waiting."""
    if isinstance(answer, Taken) and answer.sequence == NOT_YET:
        return replace(answer, sequence=writing.number)
    return answer
