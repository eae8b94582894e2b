// CircleCI's own TypeScript parser, from npm, reading the same file.
const { parseConfig } = require('@circleci/circleci-config-parser');
parseConfig(require('fs').readFileSync(process.argv[2], 'utf8'));
