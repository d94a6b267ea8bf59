"""Our figures are those of a published evaluator."""

import io
import json
import random

import pytest
import pytrec_eval
from django.core.management import CommandError, call_command

from search import evaluation
from search.evaluation import measure, trec_lines
from search.misspelling import misspelt
from search.spelling import distance


def published(run, qrels):
    """What pytrec_eval says of the run as we write it."""
    read = {query: {} for query in qrels}
    for line in trec_lines(run, "tag"):
        query, _, document, _, score, _ = line.split()
        read[query][document] = float(score)
    evaluator = pytrec_eval.RelevanceEvaluator(qrels, {"ndcg_cut.10", "recip_rank", "recall.10"})
    each = evaluator.evaluate({query: found for query, found in read.items() if found})
    names = ("ndcg_cut_10", "recip_rank", "recall_10")
    return [sum(row[name] for row in each.values()) / len(qrels) for name in names]


@pytest.mark.parametrize("seed", range(20))
def test_measure_agrees_with_pytrec_eval(seed):
    dice = random.Random(seed)
    documents = [f"d{number}" for number in range(30)]
    qrels = {
        f"q{number}": {document: dice.choice([0, 1, 1, 2, 3]) for document in dice.sample(documents, 6)}
        | {"x": 1}
        for number in range(8)
    }
    run = {query: dice.sample(documents, dice.choice([0, 3, 10])) for query in qrels}
    ours = measure(run, qrels)
    assert [ours.ndcg, ours.mrr, ours.recall] == pytest.approx(published(run, qrels))


def test_measure_of_nothing():
    assert measure({}, {}).lines() == ("nDCG@10 0.000", "MRR@10 0.000", "Recall@10 0.000")


@pytest.fixture
def files(tmp_path):
    corpus = [
        {"id": "a", "lang": "en", "title": "Snow", "summary": "", "body": "Ploughs."},
        {"id": "b", "lang": "fr", "title": "Déneigement", "summary": "", "body": "Les trottoirs."},
    ]
    queries = [{"id": "q1", "lang": "en", "query": "plough"}, {"id": "q2", "lang": "fr", "query": "trottoir"}]
    (tmp_path / "corpus").write_text("\n".join(map(json.dumps, corpus)))
    (tmp_path / "queries").write_text("\n".join(map(json.dumps, queries)))
    (tmp_path / "qrels").write_text("query-id\tcorpus-id\tscore\nq1\ta\t1\nq2\ta\t1\n")
    return {name: tmp_path / name for name in ("corpus", "queries", "qrels")}


def test_search_evaluate_prints_three_lines_and_writes_a_run(files, tmp_path):
    out = io.StringIO()
    call_command("search_evaluate", **files, run=tmp_path / "run", stdout=out)
    assert out.getvalue().splitlines() == ["nDCG@10 0.500", "MRR@10 0.500", "Recall@10 0.500"]
    assert (tmp_path / "run").read_text().splitlines() == ["q1 Q0 a 1 10 embedded", "q2 Q0 b 1 10 embedded"]


def test_search_evaluate_with_mistakes_without_accents_and_by_halves(files, tmp_path):
    def figures(**options):
        out = io.StringIO()
        call_command("search_evaluate", **files, **options, stdout=out)
        return out.getvalue().splitlines()

    assert figures(typos="1", run=tmp_path / "run") == figures(no_accents=True) == figures()
    assert "q2 Q0 b" in (tmp_path / "run").read_text(), "found in spite of the mistake"
    sizes = {half: figures(half=half) for half in "ab"}
    assert {evaluation.half_of("q1"), evaluation.half_of("q2")} <= set(sizes)


@pytest.mark.parametrize("seed", range(30))
def test_misspelt_makes_one_mistake_and_the_same_again(seed):
    text = "le déneigement of sidewalks"
    wrong = misspelt(text, str(seed))
    assert wrong == misspelt(text, str(seed))
    assert distance(wrong, text) <= 1
    assert misspelt("GIS 3D", str(seed)) == "GIS 3D"


def test_misspelt_makes_every_kind_of_mistake():
    lengths = {len(misspelt("sidewalk", str(seed))) for seed in range(40)}
    assert lengths == {7, 8, 9}


def test_search_evaluate_says_what_is_wrong(files, settings):
    settings.ELASTICSEARCH_URL = ""
    with pytest.raises(CommandError):
        call_command("search_evaluate", **files, engine="elasticsearch")
    files["corpus"].write_text("no json")
    with pytest.raises(CommandError):
        call_command("search_evaluate", **files)
