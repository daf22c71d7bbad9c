"""PartiQL for DynamoDB as boto3 sends it: what the issue's users write in SELECT, INSERT, UPDATE and DELETE."""

import boto3
import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def dynamodb(server):
    return boto3.client("dynamodb", endpoint_url=server.url, region_name="us-east-1",
                        aws_access_key_id="test", aws_secret_access_key="test")


@pytest.fixture
def run(dynamodb):
    """run(statement, *parameters) gives the items, each as attribute: value without the types."""
    dynamodb.create_table(
        TableName="music", BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "artist", "KeyType": "HASH"}, {"AttributeName": "year", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": "artist", "AttributeType": "S"},
                              {"AttributeName": "year", "AttributeType": "N"},
                              {"AttributeName": "genre", "AttributeType": "S"}],
        GlobalSecondaryIndexes=[{"IndexName": "by-genre", "Projection": {"ProjectionType": "ALL"},
                                 "KeySchema": [{"AttributeName": "genre", "KeyType": "HASH"},
                                               {"AttributeName": "year", "KeyType": "RANGE"}]}])

    def send(statement, *parameters, **more):
        if parameters:
            more["Parameters"] = list(parameters)
        answer = dynamodb.execute_statement(Statement=statement, **more)
        return [{name: plain(value) for name, value in item.items()} for item in answer["Items"]]

    for year in range(1960, 1970):
        send(f"INSERT INTO music VALUE {{'artist': 'ann', 'year': {year}, 'title': 'song {year}', "
             f"'genre': '{'jazz' if year % 2 else 'folk'}', 'tags': <<'a', 'b'>>, 'notes': [1, 2]}}")
    send("INSERT INTO music VALUE {'artist': 'bob', 'year': 1980, 'about': {'city': 'Rome'}, 'title': 7}")
    yield send
    dynamodb.delete_table(TableName="music")


def plain(value):
    (kind, inner), = value.items()
    if kind == "N":
        return int(inner) if inner.lstrip("-").isdigit() else float(inner)
    if kind == "L":
        return [plain(element) for element in inner]
    if kind == "M":
        return {name: plain(element) for name, element in inner.items()}
    return sorted(inner) if kind in ("SS", "NS") else inner


def years(items):
    return [item["year"] for item in items]


@pytest.mark.parametrize("where, expected", [
    ("artist = 'ann' AND year = 1963", [1963]),
    ("artist = 'ann' AND year BETWEEN 1962 AND 1964", [1962, 1963, 1964]),
    ("artist = 'ann' AND year IN [1961, 1969]", [1961, 1969]),
    ("artist IN ['bob', 'nobody']", [1980]),
    ("artist = 'ann' AND year > 1967", [1968, 1969]),
    ("artist = 'ann' AND begins_with(title, 'song 196') AND year < 1962", [1960, 1961]),
    ("artist = 'ann' AND contains(title, '9') AND year >= 1969", [1969]),
    ("artist = 'ann' AND contains(tags, 'a') AND year = 1960", [1960]),
    ("attribute_type(title, 'N')", [1980]),
    ("size(notes) = 2 AND year = 1965 AND artist = 'ann'", [1965]),
    ("genre IS MISSING", [1980]),
    ("artist = 'ann' AND genre IS NOT MISSING AND year = 1966", [1966]),
    ("about.city = 'Rome'", [1980]),
    ("artist = 'ann' AND notes[1] = 2 AND year <= 1960", [1960]),
    ("artist = 'ann' AND NOT year < 1969", [1969]),
    ("(artist = 'ann' AND year = 1960) OR (artist = 'ann' AND year = 1961)", [1960, 1961]),
    ("artist = 'ann' AND title <> 'song 1960' AND year < 1962", [1961]),
])
def test_what_where_finds(run, where, expected):
    assert sorted(years(run(f"SELECT * FROM music WHERE {where}"))) == expected


def test_an_order_by_the_key_in_both_directions(run):
    assert years(run("SELECT year FROM music WHERE artist = 'ann' ORDER BY year DESC"))[:3] == [1969, 1968, 1967]
    assert years(run("SELECT year FROM music WHERE artist = 'ann' ORDER BY year ASC"))[:2] == [1960, 1961]
    with pytest.raises(ClientError, match="ValidationException"):
        run("SELECT year FROM music WHERE artist = 'ann' ORDER BY title")


def test_an_index_and_a_projection(run):
    found = run('SELECT title, notes[0] FROM "music"."by-genre" WHERE genre = ? AND year > ?',
                {"S": "jazz"}, {"N": "1966"})
    assert [item["title"] for item in found] == ["song 1967", "song 1969"]
    assert set(found[0]) >= {"title"}
    assert "artist" not in found[0]


def test_updates_change_what_they_name(run):
    key = "WHERE artist = 'ann' AND year = 1960"
    assert run(f"UPDATE music SET title = 'new' SET genre = 'rock' {key} RETURNING ALL NEW *")[0]["title"] == "new"
    run(f"UPDATE music SET notes = list_append(notes, [3, 4]) {key}")
    run(f"UPDATE music SET tags = set_add(tags, <<'c'>>) {key}")
    run(f"UPDATE music SET tags = set_delete(tags, <<'a'>>) {key}")
    run(f"UPDATE music SET plays = 1 {key}")
    run(f"UPDATE music SET plays = plays + 5 {key}")
    run(f"UPDATE music REMOVE genre {key}")
    item, = run(f"SELECT * FROM music {key}")
    assert item == {"artist": "ann", "year": 1960, "title": "new", "notes": [1, 2, 3, 4], "tags": ["b", "c"],
                    "plays": 6}
    assert run(f"UPDATE music SET plays = 7 {key} RETURNING MODIFIED OLD *") == [{"plays": 6}]
    assert run(f"UPDATE music SET plays = 8 {key} RETURNING MODIFIED NEW *") == [{"plays": 8}]
    assert run(f"UPDATE music REMOVE notes[0] {key} RETURNING ALL OLD *")[0]["notes"] == [1, 2, 3, 4]
    assert run(f"DELETE FROM music {key} RETURNING ALL OLD *")[0]["plays"] == 8
    assert run(f"SELECT * FROM music {key}") == []


@pytest.mark.parametrize("statement, error", [
    ("INSERT INTO music VALUE {'artist': 'ann', 'year': 1960}", "DuplicateItemException"),
    ("INSERT INTO music VALUE {'artist': 'ann'}", "ValidationException"),
    ("UPDATE music SET a = 1 WHERE artist = 'ann'", "ValidationException"),
    ("UPDATE music SET a = 1 WHERE artist = 'ann' AND year = 1", "ConditionalCheckFailedException"),
    ("UPDATE music SET a = 1 WHERE artist = 'ann' AND year = 1960 AND title = 'x'", "ConditionalCheckFailedException"),
    ("DELETE FROM music WHERE artist = 'ann'", "ValidationException"),
    ("SELECT * FROM nothing", "ResourceNotFoundException"),
    ("SELECT * FROM music WHERE", "ValidationException"),
    ("SELEKT * FROM music", "ValidationException"),
    ("SELECT * FROM music WHERE artist = ?", "ValidationException"),
    ("UPDATE music SET year = 1 WHERE artist = 'ann' AND year = 1960", "ValidationException"),
])
def test_what_is_refused(run, statement, error):
    with pytest.raises(ClientError) as refused:
        run(statement)
    assert refused.value.response["Error"]["Code"] == error


def test_pages_go_on_where_they_ended(run, dynamodb):
    found, token = [], None
    while True:
        request = {"Statement": "SELECT year FROM music WHERE artist = 'ann'", "Limit": 3}
        if token:
            request["NextToken"] = token
        answer = dynamodb.execute_statement(**request)
        found += [int(item["year"]["N"]) for item in answer["Items"]]
        assert len(answer["Items"]) <= 3
        token = answer.get("NextToken")
        if not token:
            break
    assert found == list(range(1960, 1970))


def test_a_batch_answers_each_statement(run, dynamodb):
    answer = dynamodb.batch_execute_statement(Statements=[
        {"Statement": "SELECT title FROM music WHERE artist = 'ann' AND year = 1961"},
        {"Statement": "SELECT title FROM music WHERE artist = ? AND year = ?",
         "Parameters": [{"S": "none"}, {"N": "1"}]}])["Responses"]
    assert answer[0]["Item"] == {"title": {"S": "song 1961"}}
    assert "Item" not in answer[1] and "Error" not in answer[1]
    answer = dynamodb.batch_execute_statement(Statements=[
        {"Statement": "INSERT INTO music VALUE {'artist': 'cid', 'year': 1}"},
        {"Statement": "INSERT INTO music VALUE {'artist': 'ann', 'year': 1961}"}])["Responses"]
    assert "Error" not in answer[0]
    assert answer[1]["Error"]["Code"] == "DuplicateItem"


def test_a_transaction_is_all_or_nothing_and_tells_why(run, dynamodb):
    with pytest.raises(ClientError) as refused:
        dynamodb.execute_transaction(TransactStatements=[
            {"Statement": "INSERT INTO music VALUE {'artist': 'dan', 'year': 1}"},
            {"Statement": "EXISTS(SELECT * FROM music WHERE artist = 'ann' AND year = 1960 AND title = 'x')"}])
    assert [reason["Code"] for reason in refused.value.response["CancellationReasons"]] == [
        "None", "ConditionalCheckFailed"]
    assert run("SELECT * FROM music WHERE artist = 'dan'") == []
    dynamodb.execute_transaction(TransactStatements=[
        {"Statement": "INSERT INTO music VALUE {'artist': 'dan', 'year': 1}"},
        {"Statement": "EXISTS(SELECT * FROM music WHERE artist = 'ann' AND year = 1960)"},
        {"Statement": "DELETE FROM music WHERE artist = 'ann' AND year = 1961"}])
    assert years(run("SELECT * FROM music WHERE artist = 'dan'")) == [1]
    found = dynamodb.execute_transaction(TransactStatements=[
        {"Statement": "SELECT year FROM music WHERE artist = 'ann' AND year = 1962"},
        {"Statement": "SELECT year FROM music WHERE artist = 'ann' AND year = 1961"}])["Responses"]
    assert found[0]["Item"] == {"year": {"N": "1962"}} and "Item" not in found[1]
