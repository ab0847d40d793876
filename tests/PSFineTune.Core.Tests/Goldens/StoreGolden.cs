namespace PSFineTune.Tests.Goldens;

/// <summary>Files of a store as earlier versions wrote them.</summary>
static class StoreGolden
{
    const string Undone = """
        {"schemaVersion":1,"version":1,"action":"Undo","hash":"{hash}","published":"2026-03-02T02:30:00+00:00","by":"WORKGROUP\\ops","host":"night-1","reason":"worse at \"sofa\"\n","verdict":"Promote","model":"MobileNetV2","runId":"run1","accuracy":0.75,"previous":2}
        """;

    const string History = """
        {"schemaVersion":1,"version":1,"action":"Publish","hash":"{hash}","published":"2026-03-01T02:00:00.1234567+00:00","by":"ops","host":"night-1","reason":"","verdict":"Promote","model":"MobileNetV2","runId":"run1","accuracy":0.75,"previous":null}
        {"schemaVersion":1,"version":2,"action":"Publish","hash":"0000000000000000000000000000000000000000000000000000000000000000","published":"2026-03-02T02:00:00+00:00","by":"ops","host":"night-2","reason":"","verdict":"","model":"ResNet18","runId":"run2","accuracy":"NaN","previous":1}

        """ + Undone + "\n";

    public static string Version1(string file) => file == "history.jsonl" ? History
        : $$"""{ "schemaVersion": 1, "current": {{Undone}}, "kept": ["{hash}", "0000000000000000000000000000000000000000000000000000000000000000"] }""";
}
