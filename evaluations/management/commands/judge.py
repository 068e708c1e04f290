import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from evaluations.rulebooks import YearWithoutRuleBook
from evaluations.rulebooks.facts import SUBJECTS, FactError, facts_for
from evaluations.rulebooks.judging import judge


class Command(BaseCommand):
    """Judge one subject by the regulation of a year, from a JSON file of facts; prints the verdict as JSON. Needs no database.

    --list-facts prints the facts that are asked, with type, unit and meaning. Exit code 1 for a year or a fact that cannot be.
    """

    help = "Judge facts by the regulation of a year, e.g. judge --year 2021 --subject member --facts FILE.json"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--subject", required=True, choices=SUBJECTS)
        parser.add_argument("--facts", type=Path, metavar="FILE.json")
        parser.add_argument("--list-facts", action="store_true", help="what may stand in the file")

    def handle(self, *args, **options):
        year, subject = options["year"], options["subject"]
        if options["list_facts"]:
            for fact in facts_for(year, subject):
                self.stdout.write(f"{fact.name}  {fact.type}{f', {fact.unit}' if fact.unit else ''}: {fact.meaning}")
            return
        if options["facts"] is None:
            raise CommandError("Hãy cho tệp sự việc: --facts FILE.json (hoặc xem --list-facts).")
        try:
            facts = json.loads(options["facts"].read_text(encoding="utf-8"))
            verdict = judge(year, subject, facts)
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {options['facts']}.") from error
        except json.JSONDecodeError as error:
            raise CommandError(f"Tệp không phải JSON: dòng {error.lineno}, cột {error.colno}.") from error
        except (FactError, YearWithoutRuleBook) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(asdict(verdict), ensure_ascii=False, indent=2))
