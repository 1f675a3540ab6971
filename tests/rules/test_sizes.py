"""Files, functions and parameter lists stay small enough to be read in one go."""

import ast

from tests.rules.house import SOURCE, python_files, templates

FILE_LINES, FUNCTION_LINES, PARAMETERS = 400, 40, 6


def test_files_have_at_most_400_lines():
    ours = [*python_files(), *templates(), *SOURCE.rglob("static/**/*.js"), *SOURCE.rglob("static/**/*.css")]
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in ours
        if "vendor" not in path.parts
        if (lines := len(path.read_text().splitlines())) > FILE_LINES
    }
    assert long == {}


def test_functions_have_at_most_40_lines():
    long = {
        f"{path.relative_to(SOURCE)}:{function.name}": length
        for path in python_files()
        for function in _functions(path.read_text())
        if (length := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}


def test_functions_take_at_most_6_parameters():
    many = {
        f"{path.relative_to(SOURCE)}:{function.name}": count
        for path in python_files()
        for function in _functions(path.read_text())
        if (count := _parameters(function)) > PARAMETERS
    }
    assert many == {}


def _functions(source: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    every = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return len([each for each in every if each.arg not in {"self", "cls"}])
