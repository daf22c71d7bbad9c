"""SelectObjectContent: what SQL finds in CSV and JSON objects, by way of boto3's reading of the event stream."""

import bz2
import gzip
import json

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, EventStreamError

PEOPLE = (
    "name,age,city,born\n"
    "Ada,36,London,1815-12-10T\n"
    'Alan,41,"Maida Vale, London",1912-06-23T\n'
    "Grace,85,New York,1906-12-09T\n"
    "Edsger,72,,1930-05-11T\n"
)
BOOKS = [
    {"title": "A", "price": 10, "tags": ["x", "y"], "by": {"name": "Ann"}},
    {"title": "B", "price": 2.5, "tags": [], "by": {"name": "Bob"}},
    {"title": "C", "by": None},
]


@pytest.fixture(scope="module")
def s3(request, server):
    client = boto3.client(
        "s3", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test", config=Config(proxies={}),
    )
    client.create_bucket(Bucket="select")
    client.put_object(Bucket="select", Key="people.csv", Body=PEOPLE.encode())
    client.put_object(Bucket="select", Key="books.json", Body="\n".join(map(json.dumps, BOOKS)).encode())
    client.put_object(Bucket="select", Key="shelf.json", Body=json.dumps({"shelf": {"books": BOOKS}}, indent=1).encode())
    return client


def select(s3, key, sql, input=None, output=None, **more):
    """What is selected, and all events by their names."""
    answer = s3.select_object_content(
        Bucket="select", Key=key, Expression=sql, ExpressionType="SQL",
        InputSerialization=input or {"CSV": {"FileHeaderInfo": "USE"}},
        OutputSerialization=output or {"CSV": {}}, **more)
    records, events = b"", {}
    for event in answer["Payload"]:
        (name, value), = event.items()
        events[name] = value
        if name == "Records":
            records += value["Payload"]
    assert "End" in events and "Stats" in events
    assert events["Stats"]["Details"]["BytesReturned"] == len(records)
    return records.decode(), events


@pytest.mark.parametrize("sql, found", [
    ("SELECT * FROM S3Object LIMIT 1", "Ada,36,London,1815-12-10T\n"),
    ("SELECT s.name, s.age FROM S3Object s WHERE s.age > 70", "Grace,85\nEdsger,72\n"),
    ("select S3Object.NAME from S3Object where cast(age as int) between 36 and 41 and city like '%London'",
     "Ada\nAlan\n"),
    ("SELECT s._3 FROM S3Object[*] AS s WHERE s.\"name\" = 'Alan'", '"Maida Vale, London"\n'),
    ("SELECT name FROM S3Object WHERE city IN ('London', 'New York') OR NOT age < '72'", "Ada\nGrace\nEdsger\n"),
    ("SELECT count(*), sum(cast(age as int)), avg(cast(age as int)), min(name), max(name) FROM S3Object",
     "4,234,58.5,Ada,Grace\n"),
    ("SELECT count(*) FROM S3Object s WHERE s.age > 100", "0\n"),
    ("SELECT upper(name) || '-' || lower(name) FROM S3Object LIMIT 2", "ADA-ada\nALAN-alan\n"),
    ("SELECT substring(name FROM 2 FOR 2), substring(name, -1, 4), char_length(name) FROM S3Object LIMIT 1",
     "da,Ad,3\n"),
    ("SELECT trim('  a '), trim(LEADING 'x' FROM 'xxaxx'), trim(BOTH 'x' FROM 'xxaxx') FROM S3Object LIMIT 1",
     "a,axx,a\n"),
    ("SELECT coalesce(NULL, 'a'), nullif(1, 1), nullif(2, 1) FROM S3Object LIMIT 1", "a,,2\n"),
    ("SELECT CASE WHEN age > 80 THEN 'old' WHEN age > 40 THEN 'mid' ELSE 'young' END FROM S3Object",
     "young\nmid\nold\nmid\n"),
    ("SELECT extract(YEAR FROM to_timestamp(born)), date_diff(YEAR, to_timestamp(born), to_timestamp('2000T')) "
     "FROM S3Object LIMIT 1", "1815,184\n"),
    ("SELECT to_string(date_add(MONTH, 2, cast(born AS timestamp)), 'MMM d, y') FROM S3Object LIMIT 1",
     '"Feb 10, 1816"\n'),
    ("SELECT 7 / 2, 7 % 2, -3 * 2, 1 + 0.5, cast('1.5' as decimal(10, 2)) FROM S3Object LIMIT 1", "3,1,-6,1.5,1.5\n"),
    ("SELECT name FROM S3Object WHERE name LIKE '_da' OR name LIKE 'G%c_' OR name LIKE 'E\\%' ESCAPE '\\'",
     "Ada\nGrace\n"),
    ("SELECT name FROM S3Object WHERE age IS NOT NULL AND nothing IS MISSING", None),
])
def test_sql_on_csv(s3, sql, found):
    if found is None:
        with pytest.raises(EventStreamError, match="EvaluatorBindingDoesNotExist"):
            select(s3, "people.csv", sql)
    else:
        assert select(s3, "people.csv", sql)[0] == found


@pytest.mark.parametrize("sql, found", [
    ("SELECT * FROM S3Object s WHERE s.price > 5", [BOOKS[0]]),
    ("SELECT s.title, s.by.name AS author FROM S3Object s WHERE s.by IS NOT NULL",
     [{"title": "A", "author": "Ann"}, {"title": "B", "author": "Bob"}]),
    ("SELECT s.tags[1] FROM S3Object s LIMIT 1", [{"_1": "y"}]),
    ("SELECT s.title FROM S3Object s WHERE s.price IS MISSING", [{"title": "C"}]),
    ("SELECT s.title FROM S3Object s WHERE 'x' IN s.tags", None),
    ("SELECT avg(s.price) AS mean, count(s.price) FROM S3Object s", [{"mean": 6.25, "_2": 2}]),
])
def test_sql_on_json(s3, sql, found):
    if found is None:
        with pytest.raises(ClientError, match="ParseUnexpectedToken"):
            select(s3, "books.json", sql, {"JSON": {"Type": "LINES"}}, {"JSON": {}})
        return
    text, _ = select(s3, "books.json", sql, {"JSON": {"Type": "LINES"}}, {"JSON": {}})
    assert [json.loads(line) for line in text.splitlines()] == found


def test_a_document_is_entered_by_the_path_behind_from(s3):
    text, _ = select(s3, "shelf.json", "SELECT s.title FROM S3Object[*].shelf.books[*] s WHERE s.price < 5",
                     {"JSON": {"Type": "DOCUMENT"}}, {"JSON": {"RecordDelimiter": ";"}})
    assert text == '{"title":"B"};'


@pytest.mark.parametrize("name, pack", [("GZIP", gzip.compress), ("BZIP2", bz2.compress)])
def test_packed_objects_of_any_size(s3, name, pack):
    lines = "".join(f"{number},{'x' * 80}\n" for number in range(60_000))
    packed = pack(lines[:1_000_000].encode()) + pack(lines[1_000_000:].encode())
    s3.put_object(Bucket="select", Key="packed", Body=packed)
    format = {"CSV": {}, "CompressionType": name}
    text, events = select(s3, "packed", "SELECT s._1 FROM S3Object s WHERE cast(s._1 AS int) % 10000 = 7", format)
    assert text.split() == ["7", "10007", "20007", "30007", "40007", "50007"]
    stats = events["Stats"]["Details"]
    assert (stats["BytesScanned"], stats["BytesProcessed"]) == (len(packed), len(lines))
    assert select(s3, "packed", "SELECT * FROM S3Object", format)[0] == lines
    s3.put_object(Bucket="select", Key="broken", Body=packed[:-10])
    with pytest.raises(EventStreamError, match="TruncatedInput|InvalidCompressionFormat"):
        select(s3, "broken", "SELECT count(*) FROM S3Object", format)


def test_formats_are_what_the_request_says(s3):
    s3.put_object(Bucket="select", Key="odd", Body=b"#c\na;'b;''c'\r\n1;2\r\n")
    format = {"CSV": {"FieldDelimiter": ";", "QuoteCharacter": "'", "QuoteEscapeCharacter": "'", "Comments": "#",
                      "RecordDelimiter": "\n", "FileHeaderInfo": "NONE"}}
    text, _ = select(s3, "odd", "SELECT s._1 FROM S3Object s", format, {"CSV": {"QuoteFields": "ALWAYS"}})
    assert text == '"a"\n"1"\n'
    text, _ = select(s3, "people.csv", "SELECT * FROM S3Object LIMIT 1", {"CSV": {"FileHeaderInfo": "IGNORE"}},
                     {"JSON": {}})
    assert json.loads(text) == {"_1": "Ada", "_2": "36", "_3": "London", "_4": "1815-12-10T"}


def test_scan_ranges_take_the_records_that_begin_in_them(s3):
    lines = [f"line{number}" for number in range(10)]
    s3.put_object(Bucket="select", Key="lines", Body="".join(line + "\n" for line in lines).encode())
    found = ""
    for start in range(0, 60, 20):
        text, _ = select(s3, "lines", "SELECT * FROM S3Object", {"CSV": {}},
                         ScanRange={"Start": start, "End": start + 19})
        found += text
    assert found.split() == lines


@pytest.mark.parametrize("sql, code", [
    ("SELECT", "ParseUnexpectedToken"),
    ("SELECT * FROM elsewhere", "ParseUnexpectedToken"),
    ("SELECT * FROM S3Object GROUP BY a", "UnsupportedSqlOperation"),
    ("SELECT nothing(1) FROM S3Object", "UnsupportedFunction"),
    ("SELECT 'a FROM S3Object", "LexerInvalidChar"),
    ("SELECT " + "(" * 1000 + "1" + ")" * 1000 + " FROM S3Object", "ParseUnsupportedSyntax"),
    ("SELECT name, count(*) FROM S3Object", "UnsupportedSqlOperation"),
])
def test_what_is_no_sql_is_refused(s3, sql, code):
    with pytest.raises(ClientError) as refused:
        select(s3, "people.csv", sql)
    assert refused.value.response["Error"]["Code"] == code


def test_what_is_wrong_with_the_data_comes_in_the_stream(s3):
    with pytest.raises(EventStreamError, match="CastFailed"):
        select(s3, "people.csv", "SELECT cast(name AS int) FROM S3Object")
    with pytest.raises(EventStreamError, match="JSONParsingError"):
        select(s3, "people.csv", "SELECT * FROM S3Object", {"JSON": {"Type": "LINES"}}, {"JSON": {}})
