// Who am I, through client-sts.
import assert from 'node:assert/strict';

import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts';

const identity = await new STSClient({}).send(new GetCallerIdentityCommand({}));
assert.equal(identity.Account, '000000000000');
assert.match(identity.Arn, /:000000000000:/);
assert(identity.UserId);
