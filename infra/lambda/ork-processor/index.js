// Stands in until the data application's own build of ork-processor is pinned (see ../README.md).
exports.handler = async (event) => {
  for (const record of event.Records ?? []) {
    console.log(JSON.stringify({ bucket: record.s3.bucket.name, key: record.s3.object.key, processed: false }));
  }
};
