"""The lists of stems: passages, counts and lengths, positions, and which words they were."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np

from pinakes.corpus import check_time
from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import Array, ArrayFile
from pinakes.indexer.segments.codes import LENGTH_CLASSES, MANY, counts_of
from pinakes.indexer.segments.columns import starts_of
from pinakes.indexer.segments.dictionary import Dictionary, native
from pinakes.indexer.segments.lists import EscapedArray, Lists
from pinakes.indexer.segments.postings import Positions, Postings
from pinakes.indexer.segments.variants import are_among, unpack, unpack_some, width_of

FIELD = "stem"


class StemLists:
    """The lists of the field `stem`, known by the number of the stem; safe for many threads.

    A row is the place of a posting in its list.

    Attributes:
        dictionary: The stems.
        lists: Their passages.
        length_floor: uint32[16]; the fewest words of a passage of each class of length.
        word_count: How many words the stems have, one that has several stems counted for each.
    """

    def __init__(self, file: ArrayFile) -> None:
        """Map the lists; reads their ends only.

        Raises:
            IndexDamagedError: They are not there, or do not fit one another.
        """
        self._path = file.path
        self.dictionary = Dictionary(file, FIELD)
        stems = self.dictionary.term_count
        self.lists = Lists(file, FIELD, stems, file.passages)
        self.length_floor = file.array("stem.length_floor", count=LENGTH_CLASSES)
        self._codes = file.array("stem.codes", count=self.lists.posting_count_of_all)
        self._check_codes = file.guard("stem.codes")
        self._many_at = file.checked("stem.many_at")
        self._many = file.checked("stem.many", count=len(self._many_at))
        self._many_places = native(self._many_at)
        self._articles = file.articles
        self._article_counts = file.array("stem.article_counts", count=stems)
        self._check_article_counts = file.guard("stem.article_counts")
        self._positions = EscapedArray(file, "stem.positions", "u1")
        occurrences_at = file.starts(
            "stem.occurrences_at", count=stems + 1, total=len(self._positions)
        )
        self._occurrences_at = native(occurrences_at)
        self._check_occurrences_at = file.guard("stem.occurrences_at")
        self._words = file.array("stem.words")
        self.word_count = len(self._words)
        self._words_at = native(
            file.starts("stem.words_at", count=stems + 1, total=self.word_count)
        )
        self._check_words, self._check_words_at = map(file.guard, ("stem.words", "stem.words_at"))
        self._variants = file.array("stem.variants")
        self._check_variants = file.guard("stem.variants")
        self._check_variants_at = file.guard("stem.variants_at")
        self._variants_at = native(file.array("stem.variants_at", count=stems))

    def number(self, encoded: bytes) -> int | None:
        """Return the number of a stem, or None if the dictionary does not hold it."""
        return self.dictionary.number(encoded)

    def posting_count(self, number: int) -> int:
        """Return in how many passages a stem occurs, deleted ones included."""
        start, end = self.lists.run(number)
        return end - start

    def passages(self, number: int) -> Array:
        """Return the passages of a stem, ascending, as int64."""
        check_time()
        return self.lists.units(number)

    def bitmap(self, number: int) -> Array | None:
        """Return the passages of a stem as bits, the lowest of the first byte for passage 0.

        None for a stem that has no bitmap, being rare. A view, as are `codes`.
        """
        return self.lists.bitmap(number)

    def codes(self, number: int) -> Array:
        """Return the code of each posting of a stem (see `codes`), as uint8."""
        start, end = self.lists.run(number)
        self._check_codes(start, end)
        return self._codes[start:end]

    def counts(self, number: int, rows: Array | None = None) -> Array:
        """Return how often a stem occurs in each of its passages, or those at some rows: int64."""
        start, end = self.lists.run(number)
        self._check_codes(start, end)
        codes = self._codes[start:end]
        first, last = bisect_left(self._many_places, start), bisect_left(self._many_places, end)
        try:
            if rows is None:
                counts = counts_of(codes)
                if first < last:
                    counts[self._many_at[first:last] - start] = self._many_counts(first, last)
                return counts
            counts = counts_of(codes[rows])
            if first < last:
                many_at = self._many_at[first:last] - start
                found = np.minimum(np.searchsorted(many_at, rows), last - first - 1)
                many = np.flatnonzero(many_at[found] == rows)
                counts[many] = self._many_counts(first, last)[found[many]]
        except (IndexError, OverflowError) as error:
            raise self._damage("many_at") from error
        return counts

    def many(self, number: int) -> tuple[Array, Array]:
        """Return the rows of a list whose code says `MANY`, and their counts, as int64."""
        start, end = self.lists.run(number)
        first, last = bisect_left(self._many_places, start), bisect_left(self._many_places, end)
        rows = self._many_at[first:last].astype(np.int64)
        rows -= start
        return rows, self._many_counts(first, last)

    def _many_counts(self, first: int, last: int) -> Array:
        """Return the counts that no code has room for, from one to before another, as int64."""
        counts = self._many[first:last]
        # What is made for each occurrence must not be more than there is in the file.
        if len(counts) and int(counts.max()) > len(self._positions):
            raise self._damage("many")
        return counts.astype(np.int64)

    def article_count(self, number: int) -> int:
        """Return in how many articles a stem occurs, deleted ones included."""
        self._check_article_counts(number, number + 1)
        count = int(self._article_counts[number])
        # How rare a stem is has no meaning then.
        if count > self._articles:
            raise self._damage("article_counts")
        return count

    def words(self, number: int) -> Array:
        """Return the numbers of the words that have this stem, ascending: a view."""
        self._check_words_at(number, number + 2)
        start, end = self._words_at[number], self._words_at[number + 1]
        if not start < end <= self.word_count:
            raise self._damage("words_at")
        self._check_words(start, end)
        return self._words[start:end]

    def posting_counts_by_word(self, word_count: int) -> Array:
        """Return the postings of all stems of each word, by the number of the word, as int64."""
        counts = np.zeros(word_count, np.int64)
        self._check_words(0, self.word_count)
        self._check_words_at(0, len(self._words_at))
        ends = np.asarray(self._words_at, np.int64)
        try:
            np.add.at(
                counts, self._words, np.repeat(self.lists.posting_counts(), ends[1:] - ends[:-1])
            )
        except (ValueError, IndexError) as error:
            raise self._damage("words_at") from error
        return counts

    def stem_of_pair(self, place: int) -> int:
        """Return the stem that the word at this place among the words of all stems belongs to."""
        number = bisect_right(self._words_at, place) - 1
        if not 0 <= number < self.dictionary.term_count:
            raise self._damage("words_at")
        # It is the right stem, whatever led there, if its words are between these places.
        self._check_words_at(number, number + 2)
        if not self._words_at[number] <= place < self._words_at[number + 1]:
            raise self._damage("words_at")
        return number

    def stems_of_pairs(self, places: Array) -> Array:
        """Return what `stem_of_pair` does of many places, ascending: each stem once, as int64."""
        self._check_words_at(0, len(self._words_at))
        starts = np.asarray(self._words_at)
        numbers = starts.searchsorted(places, side="right") - 1
        # They are the right stems, whatever led there, if the places are between theirs.
        are_there = (numbers >= 0) & (numbers < self.dictionary.term_count)
        if (
            not are_there.all()
            or ((starts[numbers] > places) | (starts[numbers + 1] <= places)).any()
        ):
            raise self._damage("words_at")
        return np.unique(numbers)

    def postings(self, number: int) -> Postings:
        """Return the list of a stem."""
        passages = self.passages(number).astype(np.uint32)
        return Postings(passages, self.counts(number).astype(np.uint32))

    def gather(self, numbers: Sequence[int]) -> tuple[Array, Array]:
        """Return passages and counts of several stems as int64, one list after the other."""
        check_time()
        starts, passages = self.lists.gather(numbers)
        codes = [self.codes(number) for number in numbers]
        counts = counts_of(np.concatenate(codes)) if codes else np.zeros(0, np.int64)
        open_upwards = np.searchsorted(starts, np.flatnonzero(counts == MANY), side="right") - 1
        for row in set(open_upwards.tolist()):
            counts[starts[row] : starts[row + 1]] = self.counts(numbers[row])
        return passages, counts

    def postings_of(self, number: int, words: Array) -> tuple[Array, Array]:
        """Return what `gather` does, of one stem, of its occurrences as some words only."""
        counts = self.counts(number)
        starts = starts_of(counts)
        self.expect_occurrences(number, int(starts[-1]))
        wanted = are_among(self.words(number), words)
        sums = starts_of(self._are_of(number, int(starts[-1]), wanted))
        counts = sums[starts[1:]] - sums[starts[:-1]]
        rows = np.flatnonzero(counts)
        return self.passages(number)[rows], counts[rows]

    def positions(self, number: int, words: Array | None = None) -> Positions:
        """Return where a stem stands, with `words` only as one of these words (by number)."""
        begin, end = self._run_of_occurrences(number)
        counts = self.counts(number)
        starts = starts_of(counts)
        if starts[-1] != end - begin:
            raise self._damage("occurrences_at")
        found = Positions(
            self.passages(number).astype(np.uint32),
            counts.astype(np.uint32),
            starts,
            self._positions.read(begin, end, np.uint32),
        )
        return found if words is None else self._only(found, number, words)

    def positions_at(self, number: int, places: Array) -> Array:
        """Return the positions, as int64, of the occurrences at some places of a stem's list."""
        begin, end = self._run_of_occurrences(number)
        if len(places) and int(places.max()) >= end - begin:
            raise self._damage("counts")
        return self._positions.pick(places + begin)

    def are_of(self, number: int, places: Array, words: Array) -> Array:
        """Return whether the occurrences at some places of a stem's list are of `words`."""
        wanted = are_among(self.words(number), words)
        if wanted.all():
            return np.ones(len(places), np.bool_)
        return self._are_of(number, len(places), wanted, places)

    def occurrence_count(self, number: int) -> int:
        """Return how often a stem occurs in all its passages together."""
        begin, end = self._run_of_occurrences(number)
        return end - begin

    def expect_occurrences(self, number: int, count: int) -> None:
        """Hold what the counts of a stem add up to against what there is.

        Raises:
            IndexDamagedError: It differs.
        """
        if count != self.occurrence_count(number):
            raise self._damage("counts")

    def _run_of_occurrences(self, number: int) -> tuple[int, int]:
        self._check_occurrences_at(number, number + 2)
        begin, end = self._occurrences_at[number], self._occurrences_at[number + 1]
        if not begin < end <= len(self._positions):
            raise self._damage("occurrences_at")
        return begin, end

    def _only(self, found: Positions, number: int, words: Array) -> Positions:
        """Return the occurrences that are of `words`, of all of a stem."""
        check_time()
        wanted = are_among(self.words(number), words)
        if wanted.all():
            return found
        kept = self._are_of(number, len(found.words), wanted)
        sums = starts_of(kept)
        ends = sums[found.starts]
        counts = ends[1:] - ends[:-1]
        rows = np.flatnonzero(counts)
        counts = counts[rows]
        return Positions(
            found.passages[rows], counts.astype(np.uint32), starts_of(counts), found.words[kept]
        )

    def _are_of(self, number: int, size: int, wanted: Array, places: Array | None = None) -> Array:
        """Return whether occurrences, as of `_variants_of`, are of the wanted words of a stem."""
        variants = self._variants_of(number, size, places)
        if len(variants) and int(variants.max()) >= len(wanted):
            raise self._damage("variants")
        are_of: Array = wanted[variants]
        return are_of

    def _variants_of(self, number: int, size: int, places: Array | None) -> Array:
        """Return the variants of the first `size` occurrences of a stem, or those at `places`."""
        width = width_of(len(self.words(number)))
        if not width:
            return np.zeros(size, np.uint8)
        self._check_variants_at(number, number + 1)
        begin = self._variants_at[number]
        end = size if places is None else int(places.max(initial=-1)) + 1
        self._check_variants(begin, begin + (end * width + 7) // 8)
        try:
            if places is not None:
                return unpack_some(self._variants[begin:], width, places)
            packed = self._variants[begin : begin + (size * width + 7) // 8]
            variants = unpack(packed, width)[:size]
        except (IndexError, ValueError) as error:
            raise self._damage("variants") from error
        if len(variants) != size:
            raise self._damage("variants")
        return variants

    def verify_places(self) -> None:
        """Check that what does not fit its section is elsewhere; raises `IndexDamagedError`."""
        self._positions.verify(len(self._positions))

    def _damage(self, what: str) -> IndexDamagedError:
        return IndexDamagedError(self._path, f"{what} of stems")
