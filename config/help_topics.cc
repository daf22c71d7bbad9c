#include "config/help_topics.h"

namespace cumulite::config {

const std::vector<HelpTopic>& HelpTopics() {
  static const std::vector<HelpTopic> kTopics{
      {"admin",
       "The admin API answers on the server's own port; GET /_cumulite/ lists all of it.\n\n"
       "  GET  /_cumulite/health                      200 once everything is seeded; cumulite health asks "
       "it\n"
       "  GET  /_cumulite/metrics                     Prometheus text\n"
       "  GET  /_cumulite/clock                       the server's time\n"
       "  POST /_cumulite/clock {\"advance\":\"15m\"}     moves it: what falls due is done before the "
       "answer\n"
       "  POST /_cumulite/reset                       drops all state; ?service=sqs&region=R&account=A a "
       "part;\n"
       "                                              ?seed=true seeds again\n"
       "  GET  /_cumulite/sqs/messages?queue=NAME     without receiving them\n"
       "  GET  /_cumulite/dynamodb/items?table=NAME   charged to nobody\n"
       "  GET  /_cumulite/sns/deliveries?topic=ARN    attempts and outcome of each\n"
       "  GET  /_cumulite/elb/explain?host=H&path=/p  which rule and target a request would get, and why\n\n"
       "In strict mode it asks for --admin-token, or for a signature by a credential.\n"},
      {"ci",
       "From a test: npm and Python packages start the server on a free port and end it with the test.\n\n"
       "  import { start } from \"cumulite\";            const aws = await start();\n"
       "  def test_x(cumulite_reset): ...             a fixture of the wheel's pytest plugin\n\n"
       "As a service: cumulite --ephemeral --listen 0.0.0.0:4566, then wait for cumulite health, and set\n"
       "AWS_ENDPOINT_URL. docs/ci.md has recipes for GitHub Actions, GitLab, compose and Testcontainers.\n"},
      {"moving",
       "Port 4566, credentials test/test and account 000000000000 are as other emulators have them.\n\n"
       "  LocalStack      PERSISTENCE: --data-dir DIR (else --ephemeral); DEBUG: --log-level debug;\n"
       "                  GATEWAY_LISTEN: --listen; init folders run as they are; SERVICES is not needed\n"
       "  moto            the pytest fixture cumulite_reset; moto_server -p 5000: --listen 127.0.0.1:5000\n"
       "  ElasticMQ       --listen 127.0.0.1:9324, queues by --seed\n"
       "  DynamoDB Local  --listen 127.0.0.1:8000; tables belong to the credentials' account and region\n"
       "  MinIO           --listen 127.0.0.1:9000 --auth strict --credential USER:PASSWORD\n\n"
       "What is not built answers 501 NotImplemented with its name; it never looks like success.\n"},
      {"sdks",
       "Every SDK that is new enough reads these; any credentials will do without --auth strict:\n\n"
       "  export AWS_ENDPOINT_URL=http://127.0.0.1:4566\n"
       "  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1\n\n"
       "AWS CLI before 2.13, and AWS CLI 1 for SQS, want --endpoint-url; boto3 before 1.28 endpoint_url=...\n"
       "S3 answers at http://BUCKET.s3.localhost:4566, too: where *.localhost does not resolve, path style\n"
       "(JavaScript forcePathStyle, Java forcePathStyle, Go UsePathStyle, Terraform s3_use_path_style).\n"
       "An access key id of twelve digits is the account.\n"},
      {"seeding",
       "--seed FILE (TOML or JSON, repeatable) makes what it declares before the server is healthy, by the\n"
       "members of AWS's own requests; what is there already stays.\n\n"
       "  [[queue]]          QueueName, Attributes, tags\n"
       "  [[topic]]          Name, ...; [[topic.subscription]] Protocol, Endpoint, ...\n"
       "  [[table]]          TableName, KeySchema, ...; items = [...]\n"
       "  [[bucket]]         Bucket; folder = \"files\"\n"
       "  [[target_group]]   Name, Protocol, Port, ...; target = [{ Id = \"127.0.0.1\", Port = 8080 }]\n"
       "  [[load_balancer]]  Name, Subnets, ...; [[load_balancer.listener]]; "
       "[[load_balancer.listener.rule]]\n\n"
       "region and account may stand in each, or at the top for all.\n"
       "--init DIR runs its .sh and .py files after that, in the order of their names.\n"},
      {"troubleshooting",
       "  a client talks to the real AWS      it does not read AWS_ENDPOINT_URL: cumulite help sdks\n"
       "  NotImplemented (501)                what the message names is not built\n"
       "  connection refused                  it listens on loopback; in a container --listen 0.0.0.0:4566\n"
       "  ENOTFOUND mybucket.s3.localhost     use path style: cumulite help sdks\n"
       "  CERTIFICATE_VERIFY_FAILED           AWS_CA_BUNDLE=DATA_DIR/tls/cert.pem\n"
       "  SignatureDoesNotMatch and its kin   --auth strict wants --credential KEY:SECRET\n"
       "  QueueDoesNotExist, NoSuchBucket     another account or region: both come from the credentials\n"
       "  address in use                      --listen 127.0.0.1:0 takes a free port and prints it\n"
       "  a message stays invisible           real time passes here, too: cumulite help admin\n\n"
       "docs/troubleshooting.md has more.\n"},
  };
  return kTopics;
}

}  // namespace cumulite::config
