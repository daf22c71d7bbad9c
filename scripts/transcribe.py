#!/usr/bin/python3
"""Writes an operation's structs and tables from botocore's model of its service, in this tree's style.

    scripts/transcribe.py dynamodb PutItem GetItem       the files of two operations
    scripts/transcribe.py dynamodb --shapes [OP…]        shapes.h and shapes.cc: what these operations (all,
                                                         unless named) share with one another
    --leaf SHAPE      this shape is a type of ours that reads and writes itself (or is written by hand)
    --optional        lists and maps of requests tell absent from empty (std::optional)
    --write           makes the files below services/<service>; those that exist are left alone

What it prints is a first draft: whoever commits it owns it, says what the operation does, and takes out what
the service does not need. A structure that only one operation uses stands in that operation's header; one that
several use is in shapes.h, so write shapes.h for all operations of a service that you mean to build at once.
"""
import argparse
import gzip
import json
import pathlib
import re
import subprocess
import sys

DATA = pathlib.Path("/usr/lib/python3/dist-packages/botocore/data")
SCALARS = {
    "string": "std::string", "character": "std::string", "blob": "protocol::Blob", "integer": "std::int32_t",
    "long": "std::int64_t", "double": "double", "float": "double", "boolean": "bool",
    "timestamp": "protocol::Timestamp",
}
KEYWORDS = {"default", "delete", "operator", "namespace", "public", "private", "export", "template", "class"}
UNLIMITED = 2**31 - 1


def snake(name):
    """MD5OfBody -> md5_of_body, KMSMasterKeyId -> kms_master_key_id, ETag -> etag."""
    name = name.replace("ETag", "Etag").replace("-", "_")
    name = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", name)
    name = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()
    return name + "_" if name in KEYWORDS else name


def pascal(name):
    return name[0].upper() + name[1:]


class Model:
    def __init__(self, service):
        versions = sorted((DATA / service).iterdir())
        files = [f for v in reversed(versions) for f in v.glob("service-2.json*")]
        if not files:
            sys.exit(f"no model of {service} in {DATA}")
        data = files[0].read_bytes()
        model = json.loads(gzip.decompress(data) if files[0].suffix == ".gz" else data)
        self.shapes = model["shapes"]
        self.operations = model["operations"]
        self.protocol = model["metadata"]["protocol"]
        self.title = model["metadata"].get("serviceAbbreviation", model["metadata"]["serviceFullName"])
        self.users = {}  # shape -> operations that reach it
        for name, operation in self.operations.items():
            for side in ("input", "output"):
                if side in operation:
                    self.reach(operation[side]["shape"], name)

    def reach(self, shape_name, operation, root=True):
        if operation in self.users.setdefault(shape_name, set()) and not root:
            return
        self.users[shape_name].add(operation)
        for child in self.children(shape_name):
            self.reach(child, operation, False)

    def children(self, shape_name):
        shape = self.shapes[shape_name]
        return [part["shape"] for part in [*shape.get("members", {}).values(), shape.get("member"),
                                           shape.get("key"), shape.get("value")] if part]

    def structures(self, roots, leaves):
        """The structures below the roots, each after those that it holds."""
        found, seen = [], set()

        def walk(name):
            if name in seen or name in leaves:
                return
            seen.add(name)
            for child in self.children(name):
                walk(child)
            if self.shapes[name]["type"] == "structure":
                found.append(name)

        for root in roots:
            walk(root)
        return [name for name in found if name not in roots]

    def side(self, name, side):
        return self.operations[name].get(side, {}).get("shape")


class Writer:
    """Turns shapes into C++; `constants` collects what its tables name."""

    def __init__(self, model, service, leaves, optional_containers, shared_constants):
        self.model, self.service, self.leaves = model, service, leaves
        self.optional_containers = optional_containers
        self.shared = shared_constants
        self.constants = {}
        self.requests = self.below(m for m in self.model.operations.values() if "input" in m)

    def below(self, operations):
        seen, queue = set(), [m["input"]["shape"] for m in operations]
        while queue:
            name = queue.pop()
            if name not in seen:
                seen.add(name)
                queue += self.model.children(name)
        return seen

    def type(self, shape_name):
        shape = self.model.shapes[shape_name]
        if shape_name in self.leaves or shape["type"] == "structure":
            return pascal(shape_name)
        if shape["type"] == "list":
            return f"std::vector<{self.type(shape['member']['shape'])}>"
        if shape["type"] == "map":
            return f"std::map<std::string, {self.type(shape['value']['shape'])}>"
        return SCALARS[shape["type"]]

    def member_type(self, owner, name, reference, request):
        kind = self.model.shapes[reference["shape"]]["type"]
        text = self.type(reference["shape"])
        required = name in self.model.shapes[owner].get("required", [])
        if required or (kind in ("list", "map") and not (self.optional_containers and request)):
            return text
        return f"std::optional<{text}>"

    def struct(self, name, cpp_name, request):
        lines = [f"struct {cpp_name} {{"]
        members = self.model.shapes[name]["members"] if name else {}
        for member, reference in members.items():
            text = self.member_type(name, member, reference, request)
            zero = " = 0" if text in ("std::int32_t", "std::int64_t", "double") else ""
            lines.append(f"  {text} {snake(member)}{' = false' if text == 'bool' else zero};")
        describe = ";" if members else " { return {}; }"
        return "\n".join([*lines, f"  static protocol::Members Describe(){describe}", "};"])

    def table(self, name, cpp_name, request):
        members = self.model.shapes[name]["members"] if name else {}
        if not members:
            return ""
        lines = [f"protocol::Members {cpp_name}::Describe() {{", f"  using T = {cpp_name};",
                 "  static constexpr protocol::Member kMembers[] = {"]
        for member, reference in members.items():
            row = f'Wire<&T::{snake(member)}>("{member}")' + self.wire(member, reference)
            if request:
                row += ".Required()" if member in self.model.shapes[name].get("required", []) else ""
                row += self.shared_or_own_limits(reference["shape"])
            lines.append(f"      {row},")
        return "\n".join([*lines, "  };", "  return kMembers;", "}"])

    def wire(self, member, reference):
        """Where the Query protocol and XML name it otherwise, or place it elsewhere than in the body."""
        if self.model.protocol == "json":
            return ""
        shape = self.model.shapes[reference["shape"]]
        where, name = reference.get("location"), reference.get("locationName", member)
        if where:
            how = {"uri": "InPath", "querystring": "InQueryString", "header": "InHeader", "headers": "InHeaders",
                   "statusCode": "AsStatus"}[where]
            return f'.{how}("{name}")' if where != "statusCode" else ".AsStatus()"
        text = ""
        flattened = shape.get("flattened") or reference.get("flattened")
        if shape["type"] == "list":
            item = shape["member"].get("locationName", "member")
            if flattened and self.model.protocol == "query":
                name = shape["member"].get("locationName", name)
            elif not flattened and item != "member":
                text += f'.Items("{item}")'
        if shape["type"] == "map":
            key, value = (shape[part].get("locationName", part) for part in ("key", "value"))
            text += f'.Entries("{key}", "{value}")' if (key, value) != ("key", "value") else ""
        if reference.get("xmlAttribute"):
            text += ".Attribute()"
        return (f'.InQuery("{name}")' if name != member else "") + (".Flattened()" if flattened else "") + text

    def shared_or_own_limits(self, shape_name):
        name = self.constant_name(shape_name, "limits")
        return f".Within({name})" if name in self.shared else self.limits(shape_name)

    def limits(self, shape_name):
        """What the model bounds: .Length(1, 255).Pattern(…), and of a list or map what it holds."""
        if shape_name in self.leaves:
            return ""
        shape = self.model.shapes[shape_name]
        text = ""
        low, high = shape.get("min"), shape.get("max")
        if (low or 0) > 0 or (low is not None and shape["type"] in ("integer", "long", "double")) or (
                high is not None and high < UNLIMITED):
            number = shape["type"] in ("integer", "long", "double", "float")
            low = low if low is not None else ("protocol::kNoMinimum" if number else 0)
            high = high if high is not None and high < UNLIMITED else "protocol::kNoMaximum"
            text += f".{'Range' if number else 'Length'}({grouped(low)}, {grouped(high)})"
        if "enum" in shape:
            text += f".Values({self.constant(shape_name, 'values')})"
        if "pattern" in shape:
            text += f'.Pattern(R"({shape["pattern"]})")'
        if shape["type"] == "list" and self.limits(shape["member"]["shape"]):
            text += f".Elements({self.constant(shape['member']['shape'], 'limits')})"
        if shape["type"] == "map":
            if self.limits(shape["key"]["shape"]):
                text += f".Keys({self.constant(shape['key']['shape'], 'limits')})"
            if self.limits(shape["value"]["shape"]):
                text += f".Elements({self.constant(shape['value']['shape'], 'limits')})"
        return text

    @staticmethod
    def constant_name(shape_name, what):
        return "k" + pascal(shape_name) + ("Limits" if what == "limits" else "")

    def constant(self, shape_name, what):
        name = self.constant_name(shape_name, what)
        if what == "values":
            values = ", ".join(f'"{v}"' for v in self.model.shapes[shape_name]["enum"])
            text = f"constexpr std::string_view {name}[] = {{{values}}};"
        else:
            text = f"constexpr protocol::Limits {name} = protocol::Limits{{}}{self.limits(shape_name)};"
        if name not in self.shared:
            self.constants.setdefault(name, text)
        return name


def grouped(number):
    return f"{number:_}".replace("_", "'") if isinstance(number, int) and abs(number) > 9999 else str(number)


def is_shared(model, name):
    return len(model.users[name]) > 1


def included(text):
    known = {"std::int": "cstdint", "std::map": "map", "std::optional": "optional", "std::string_view": "string_view",
             "std::vector": "vector"}
    found = [header for word, header in known.items() if word in text]
    found += ["string"] if re.search(r"std::string\b", text) else []
    return "".join(f"#include <{header}>\n" for header in sorted(found))


def class_name(service):
    short = {"sqs": "Sqs", "sns": "Sns", "sts": "Sts", "s3": "S3", "dynamodb": "DynamoDb", "elbv2": "Elb",
             "dynamodbstreams": "DynamoDb"}
    return short.get(service, pascal(service.replace("-", ""))) + "Service"


def folder(service):
    return {"elbv2": "elb", "dynamodbstreams": "dynamodb"}.get(service, service.replace("-", ""))


def describe(writer, name):
    operation = writer.model.operations[name]
    shapes = []
    for member, reference in writer.model.shapes.get(writer.model.side(name, "input"), {"members": {}})["members"].items():
        limits = re.sub(r"[.]|R\"|\"", " ", writer.limits(reference["shape"])).strip()
        if re.match(r"(Range|Length)\(", limits):
            low, high = limits.split("(")[1].split(")")[0].split(", ")
            unit = {"string": " characters", "list": " elements", "map": " entries", "blob": " bytes"}.get(
                writer.model.shapes[reference["shape"]]["type"], "")
            shapes.append(f"{snake(member)} {low}..{high}" + unit)
    errors = [error["shape"] for error in operation.get("errors", [])]
    lines = [f"/// {name}: SAY WHAT IT IS FOR.", "///"]
    if shapes:
        lines += wrap("/// Shapes: " + "; ".join(shapes) + ".")
    if errors:
        lines += wrap("/// Errors: " + ", ".join(errors) + ".")
    lines += ["/// Thread: any.", f'/// Source: {writer.model.title} API Reference "{name}".']
    return "\n".join(lines)


def wrap(line):
    out = []
    while len(line) > 110:
        cut = line.rfind(" ", 0, 110)
        out.append(line[:cut])
        line = "/// " + line[cut + 1:]
    return [*out, line]


def operation_files(model, args, name, shared_constants):
    writer = Writer(model, args.service, args.leaf, args.optional, shared_constants)
    request, response = model.side(name, "input"), model.side(name, "output")
    nested = [s for s in model.structures([r for r in (request, response) if r], args.leaf) if not is_shared(model, s)]
    parts = [(s, pascal(s), s in writer.requests) for s in nested]
    parts += [(request, name + "Request", True), (response, name + "Response", False)]
    structs = "\n\n".join(writer.struct(*part) for part in parts)
    tables = "\n\n".join(filter(None, (writer.table(*part) for part in parts)))
    constants = "\n".join(writer.constants.values())
    space, service = folder(args.service), class_name(args.service)
    shared = any(is_shared(model, s) for s in model.structures([r for r in (request, response) if r], args.leaf))
    shared = shared or any(constant in tables for constant in shared_constants)
    local = f'#include "services/{space}/shapes.h"\n' if shared else ""
    header = f"""#pragma once
{included(structs)}
#include "protocol/operation.h"
{local}
namespace cumulite::{space} {{
class {service};

{structs}

{describe(writer, name)}
runtime::Task<{name}Response> {name}({service}& {space}, const protocol::RequestContext& context, {name}Request request);

}}  // namespace cumulite::{space}
"""
    anonymous = f"namespace {{\n\n{constants}\n\n}}  // namespace\n\n" if constants else ""
    source = f"""#include "services/{space}/operations/{snake(name)}.h"

#include "services/{space}/{snake(service).replace('dynamo_db', 'dynamodb')}.h"

namespace cumulite::{space} {{
using protocol::Wire;
{anonymous}
{tables}

}}  // namespace cumulite::{space}
"""
    return [(f"operations/{snake(name)}.h", header), (f"operations/{snake(name)}.cc", source)]


def shape_files(model, args, operations):
    writer = Writer(model, args.service, args.leaf, args.optional, ())
    roots = [r for name in operations for r in (model.side(name, "input"), model.side(name, "output")) if r]
    shapes = [s for s in model.structures(roots, args.leaf) if is_shared(model, s)]
    parts = [(s, pascal(s), s in writer.requests) for s in shapes]
    structs = "\n\n".join(writer.struct(*part) for part in parts)
    tables = "\n\n".join(filter(None, (writer.table(*part) for part in parts)))
    own, shared = set(writer.constants), shared_limits(model, args, operations)
    everything = {**writer.constants, **shared}
    public = "\n".join("inline " + text for name, text in everything.items() if name in shared)
    private = "\n".join(text for name, text in everything.items() if name in own - set(shared))
    space = folder(args.service)
    anonymous = f"namespace {{\n\n{private}\n\n}}  // namespace\n" if private else ""
    header = f"""#pragma once
{included(structs + public)}
#include "protocol/members.h"

namespace cumulite::{space} {{

{public}

{structs}

}}  // namespace cumulite::{space}
"""
    source = f"""#include "services/{space}/shapes.h"

namespace cumulite::{space} {{
using protocol::Wire;
{anonymous}
{tables}

}}  // namespace cumulite::{space}
"""
    return [("shapes.h", header), ("shapes.cc", source)]


def shared_limits(model, args, operations):
    """The enums and limits that the tables of more than one operation name."""
    users, texts = {}, {}
    for name in operations:
        writer = Writer(model, args.service, args.leaf, args.optional, ())
        roots = [r for r in (model.side(name, "input"),) if r]
        for shape in [*roots, *(s for s in model.structures(roots, args.leaf) if not is_shared(model, s))]:
            writer.table(shape, shape, True)
        for constant, text in writer.constants.items():
            users.setdefault(constant, set()).add(name)
            texts[constant] = text
    return {name: text for name, text in texts.items() if len(users[name]) > 1}


def formatted(text, path):
    try:
        style = ["clang-format", f"--assume-filename={path}"]
        return subprocess.run(style, input=text, capture_output=True, text=True, check=True,
                              cwd=pathlib.Path(__file__).parent).stdout
    except (OSError, subprocess.CalledProcessError):
        return text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("service", help="as botocore names it: sqs, dynamodb, elbv2")
    parser.add_argument("operations", nargs="*")
    parser.add_argument("--shapes", action="store_true")
    parser.add_argument("--leaf", action="append", default=[])
    parser.add_argument("--optional", action="store_true")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_intermixed_args()
    model = Model(args.service)
    unknown = [name for name in args.operations if name not in model.operations]
    if unknown:
        sys.exit(f"{args.service} has no operation {', '.join(unknown)}")
    if not args.operations and not args.shapes:
        parser.error("name an operation, or --shapes")
    everything = list(model.operations)
    if args.shapes:
        files = shape_files(model, args, args.operations or everything)
    else:
        shared = shared_limits(model, args, everything)
        files = [file for name in args.operations for file in operation_files(model, args, name, shared)]
    root = pathlib.Path(__file__).resolve().parent.parent / "services" / folder(args.service)
    for name, text in files:
        text = formatted(text, root / name)
        if not args.write:
            print(f"// ===== services/{folder(args.service)}/{name}\n{text}")
        elif (root / name).exists():
            print(f"{root / name} exists and is left alone", file=sys.stderr)
        else:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)


if __name__ == "__main__":
    main()
