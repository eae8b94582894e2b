namespace Signalbox.Tests.Delivery.Environments;

/// <summary>Files with one mistake each, and one with many; what is said of them is kept in Golden/.</summary>
internal static class BadFiles
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["empty"] = "",
        ["only-comments"] = "# nothing yet\n",
        ["not-a-mapping"] = "- version: 1\n- environments\n",
        ["broken-quote"] = "version: 1\nenvironments:\n  prod:\n    root: 'infra/envs/prod\n",
        ["broken-indentation"] = "version: 1\nenvironments:\n  prod:\n    root: infra/envs/prod\n   plan: {}\n",
        ["broken-colon"] = "version: 1\nenvironments: prod: x\n",
        ["empty-tag"] = "version: !<> 1\n",
        ["escape-beyond-unicode"] = "version: \"\\UFFFFFFFF\"\n",
        ["tabs"] = "version: 1\nenvironments:\n\tprod:\n\t\troot: infra/envs/prod\n",
        ["alias"] = "version: 1\nenvironments:\n  prod: &prod\n    root: infra/envs/prod\n  copy: *prod\n",
        ["merge-key"] = "version: 1\nenvironments:\n  prod: &prod\n    root: infra/envs/prod\n  copy:\n    <<: *prod\n    root: infra/envs/prod\n",
        ["tag"] = "version: !!int 1\nenvironments:\n  prod:\n    root: infra/envs/prod\n",
        ["list-as-key"] = "version: 1\n? [a, b]\n: c\nenvironments:\n  prod:\n    root: infra/envs/prod\n",
        ["two-documents"] = "version: 1\nenvironments:\n  prod:\n    root: infra/envs/prod\n---\nversion: 2\n",
        ["nested-too-deep"] = new string('[', 200),
        ["control-character"] = "version: 1\nenviron\0ments: {}\n",
        ["duplicate-key"] = Prod("    root: infra/envs/prod\n"),
        ["version-missing"] = "environments:\n  prod:\n    root: infra/envs/prod\n",
        ["version-unknown"] = "version: 2\nenvironments:\n  prod:\n    root: infra/envs/prod\n",
        ["environments-missing"] = "version: 1\n",
        ["environments-without-value"] = "version: 1\nenvironments:\n",
        ["environments-none"] = "version: 1\nenvironments: {}\n",
        ["environment-is-text"] = "version: 1\nenvironments:\n  prod: infra/envs/prod\n",
        ["name-with-capitals"] = "version: 1\nenvironments:\n  Prod:\n    root: infra/envs/prod\n",
        ["names-differ-by-case"] = "version: 1\nenvironments:\n  prod:\n    root: infra/envs/prod\n  PROD:\n    root: infra/envs/prod\n",
        ["unknown-key-near"] = Prod("    inpust: []\n"),
        ["unknown-key-elsewhere"] = Prod("    expires_after: 24h\n"),
        ["unknown-key-far"] = Prod("    colour: red\n"),
        ["unknown-target"] = Prod("    targets:\n      azure: {}\n"),
        ["root-missing"] = "version: 1\nenvironments:\n  prod:\n    inputs: []\n",
        ["root-empty"] = "version: 1\nenvironments:\n  prod:\n    root:\n",
        ["root-is-a-list"] = "version: 1\nenvironments:\n  prod:\n    root:\n      - infra/envs/prod\n",
        ["root-absolute"] = "version: 1\nenvironments:\n  prod:\n    root: /infra/envs/prod\n",
        ["root-with-backslashes"] = "version: 1\nenvironments:\n  prod:\n    root: infra\\envs\\prod\n",
        ["root-outside"] = "version: 1\nenvironments:\n  prod:\n    root: infra/../../other\n",
        ["root-does-not-exist"] = "version: 1\nenvironments:\n  prod:\n    root: infra/envs/production\n",
        ["root-is-a-file"] = "version: 1\nenvironments:\n  prod:\n    root: infra/envs/prod/main.tf\n",
        ["root-without-terraform"] = "version: 1\nenvironments:\n  prod:\n    root: infra/envs\n",
        ["var-file-missing"] = Prod("    var_files:\n      - main.tf\n      - extra.tfvars\n"),
        ["var-file-outside"] = Prod("    var_files: [../../../../secret.tfvars]\n"),
        ["var-files-is-text"] = Prod("    var_files: prod.tfvars\n"),
        ["pattern-with-brackets"] = Prod("    inputs: ['infra/lambda/*.{js,ts}']\n"),
        ["pattern-outside"] = Prod("    inputs: [../lambda/**]\n"),
        ["duration-in-words"] = Prod("    plan:\n      expires_after: one day\n"),
        ["duration-too-long"] = Prod("    plan:\n      expires_after: 31d\n"),
        ["duration-zero"] = Prod("    plan:\n      expires_after: 0h\n"),
        ["account-too-short"] = Prod("    targets:\n      aws:\n        account: 12345\n"),
        ["region-in-words"] = Prod("    targets:\n      aws:\n        region: London\n"),
        ["variable-is-a-list"] = Prod("    targets:\n      sandbox:\n        variables:\n          zones: [a, b]\n"),
        ["variable-name"] = Prod("    targets:\n      sandbox:\n        variables: { 1st: x }\n"),
        ["parking-variable"] = Prod("    parking:\n      variable: is parked\n"),
        ["parking-removes-a-database"] = Prod("    parking:\n      allow:\n        remove: [aws_rds_cluster]\n"),
        ["parking-attribute"] = Prod("    parking:\n      allow:\n        update: { aws_thing: ['scaling[0].min'] }\n"),
        ["schedule-zone"] = Prod("    parking:\n      schedule:\n        zone: Europe/Lodnon\n        awake: { mon: \"08:00-09:00\" }\n"),
        ["schedule-without-zone"] = Prod("    parking:\n      schedule:\n        awake: { mon: \"08:00-09:00\" }\n"),
        ["schedule-days"] = Prod("    parking:\n      schedule: { zone: Europe/London, awake: { weekdays: \"08:00-20:00\" } }\n"),
        ["schedule-hours"] = Prod("    parking:\n      schedule: { zone: Europe/London, awake: { mon: 8-20, tue: \"08:00-25:00\", wed: \"09:00-09:00\" } }\n"),
        ["schedule-overlaps"] = Prod("    parking:\n      schedule:\n        zone: Europe/London\n        awake:\n          mon-fri: \"08:00-20:00\"\n          thu: \"22:00-08:30\"\n"),
        ["schedule-dates"] = Prod("    parking:\n      schedule: { zone: Europe/London, awake: { mon: \"08:00-09:00\" }, holidays: [25.12.2026], keep_awake_until: tomorrow }\n"),
        ["stateful-type"] = Prod("    guard:\n      stateful:\n        types: [bucket]\n"),
        ["stateful-address"] = Prod("    guard:\n      stateful:\n        addresses: [module.]\n"),
        ["context-variable"] = Prod("") + "pipeline:\n  contexts:\n    aws-prod: { required: [AWS-ROLE] }\n",
        ["approval-in-words"] = Prod("    approval:\n      required: yes\n"),
        ["approval-count"] = Prod("    approval: { count: 0 }\n"),
        ["approval-strength"] = Prod("    approval: { strength: signatur }\n"),
        ["approval-finding"] = Prod("    approval: { findings: { deletion: hold } }\n"),
        ["approval-signers-outside"] = Prod("    approval: { allowed_signers: ../signers }\n"),
        ["freeze-zone"] = Prod("    approval:\n      freeze:\n        - { from: Fri 16:00, until: Mon 08:00, zone: GMT Standard Time }\n"),
        ["freeze-backwards"] = Prod("    approval:\n      freeze:\n        - { from: 2027-01-02, until: 2026-12-20, zone: Europe/London }\n"),
        ["freeze-half"] = Prod("    approval:\n      freeze:\n        - { from: Fri 16:00 }\n"),
        ["register-in-words"] = Prod("    register: fiel\n"),
        ["register-elsewhere"] = Prod("    register: https://example.org/register\n"),
        ["register-bucket"] = Prod("    register: s3://Acme/blog\n"),
        ["register-prefix"] = Prod("    register: s3://acme-register/a//b\n"),
        ["image-name"] = Image("Prefect_Base", "repository: r1, tag: 'base-{short_sha}'"),
        ["image-without-repository"] = Image("base", "tag: 'base-{short_sha}'"),
        ["image-repository"] = Image("base", "repository: 'registry.example/base:1', tag: 'base-{short_sha}'"),
        ["image-tag-moves"] = Image("base", "repository: r1, tag: latest"),
        ["image-tag-placeholder"] = Image("base", "repository: r1, tag: 'base-{sha}'"),
        ["image-tag-letters"] = Image("base", "repository: r1, tag: 'base+{short_sha}'"),
        ["image-tag-without-own-part"] = Image("base", "repository: r1, tag: '{short_sha}'"),
        ["image-dockerfile"] = Image("base", "repository: r1, tag: 'base-{short_sha}', dockerfile: docker/base/Dockerfile"),
        ["image-version-built-here"] = Image("base", "repository: r1, tag: 'base-{version}', dockerfile: infra/envs/prod/main.tf"),
        ["image-platform"] = Image("base", "repository: r1, tag: 'base-{short_sha}', platform: windows/amd64"),
        ["image-base-unknown"] = Image("base", "repository: r1, tag: 'base-{short_sha}', local: base_image }\n      top: { repository: r1, tag: 'top-{short_sha}', builds_on: bse"),
        ["image-base-itself"] = Image("base", "repository: r1, tag: 'base-{short_sha}', local: base_image, builds_on: base"),
        ["image-tags-shared"] = Image("base", "repository: r1, tag: base }\n      other: { repository: r1, tag: 'base-{short_sha}'"),
        ["wide-characters"] = "version: 1\nenvironments:\n  prod: { \"日本語😀\": 1, rot: infra/envs/prod }\n",
        ["everything-at-once"] = """
            version: 3
            enviroments: {}
            environments:
              Prod:
                root: /srv/infra
                plan: { expires_after: soon }
              staging:
                rot: infra/envs/prod
                targets:
                  aws: { account: "42", region: London, variables: { "a b": [1] } }
                parking: off
                approval: { required: maybe }

            """,
    };

    private static string Image(string name, string keys) => Prod($"    images:\n      {name}: {{ {keys} }}\n");

    private static string Prod(string more) => $"version: 1\nenvironments:\n  prod:\n    root: infra/envs/prod\n{more}";
}
