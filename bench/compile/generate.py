"""Writes a config like a large team's: executors, commands with parameters, many jobs, workflows with requirements.
usage: generate.py LINES FILE"""
import sys

lines, path = int(sys.argv[1]), sys.argv[2]
text = ["version: 2.1", "parameters:", "  deploy:", "    type: boolean", "    default: true", "executors:", "  node:",
        "    docker:", "      - image: cimg/node:20.11", "    environment:", "      CI_MODE: full", "commands:", "  install:",
        "    parameters:", "      folder:", "        type: string", "        default: .", "    steps:", "      - restore_cache:",
        "          keys:", "            - v1-{{ checksum \"package-lock.json\" }}", "      - run:", "          name: Install in << parameters.folder >>",
        "          command: cd << parameters.folder >> && npm ci", "jobs:"]
jobs = 0
while len(text) + jobs * 4 + 10 < lines:
    text += [f"  service-{jobs}:", "    executor: node", "    parameters:", "      level:", "        type: string",
             "        default: unit", "    resource_class: medium", "    steps:", "      - checkout", "      - install:",
             f"          folder: services/{jobs}", "      - run:", "          name: Test at << parameters.level >>", "          command: |",
             "            set -eu", f"            echo \"service {jobs} at << parameters.level >>\"", "            npm test -- --level << parameters.level >>",
             "      - store_test_results:", f"          path: services/{jobs}/results", "      - store_artifacts:", f"          path: services/{jobs}/logs"]
    jobs += 1
text += ["workflows:", "  all:", "    jobs:", "      - service-0"]
for number in range(1, jobs):
    text += [f"      - service-{number}:", "          level: full", "          requires:", f"            - service-{(number - 1) // 3}"]
open(path, "w").write("\n".join(text) + "\n")
