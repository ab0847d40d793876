using System.Reflection;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Tasks;
using PSFineTune.Tasks.Stages;
using Xunit;

namespace PSFineTune.Tests;

public sealed class TaskFileTests : IDisposable
{
    const string Whole = """
        {
          "name": "photos", "workspace": "ws",
          "data": { "path": "data" },
          "plan": { "model": { "MobileNetV2": { "width": 0.5 } }, "optimizer": { "is": "Sgd", "momentum": 0.5 }, "augment": ["RandomHorizontalFlip"], "weights": "Random" },
        }
        """;

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    string File(string json)
    {
        var path = Path.Combine(_folder.Path, "a.task.json");
        System.IO.File.WriteAllText(path, json);
        return path;
    }

    [Fact]
    public void Paths_start_at_the_file_and_catalog_records_may_be_written_in_every_form()
    {
        var task = TaskFile.Read(File(Whole));
        Assert.Equal(Path.Combine(_folder.Path, "ws"), task.Workspace);
        Assert.Equal(Path.Combine(_folder.Path, "data"), task.Data.Path);
        Assert.Equal("Random", task.Plan.Weights);
        // The word is one for weights alone.
        Assert.Equal(Path.Combine(_folder.Path, "Random"), TaskFile.Look(File("""{ "data": { "path": "Random" } }""")).Task.Data.Path);
        Assert.Equal(0.5, Assert.IsType<MobileNetV2>(task.Plan.Model).Width);
        Assert.Equal(0.5, Assert.IsType<Sgd>(task.Plan.Optimizer).Momentum);
        Assert.Single(task.Plan.Augment!.Ops);
    }

    [Theory]
    [InlineData("""{ "nam": 1 }""", "nam", "name")]
    [InlineData("""{ "data": { "pat": 1 } }""", "data.pat", "path")]
    [InlineData("""{ "plan": { "epochs": "three" } }""", "plan.epochs", "whole number")]
    [InlineData("""{ "plan": { "epochs": 2.5 } }""", "plan.epochs", "whole number")]
    [InlineData("""{ "plan": { "model": "ResNet21" } }""", "plan.model", "ResNet20")]
    [InlineData("""{ "plan": { "optimizer": { "Sgd": { "momentun": 1 } } } }""", "plan.optimizer", "Momentum")]
    [InlineData("""{ "plan": { "layers": [ { "patern": "head" } ] } }""", "plan.layers[0].patern", "pattern")]
    [InlineData("""{ "train": { "timeBudget": "4 hours" } }""", "train.timeBudget", "04:00:00")]
    [InlineData("""{ "audit": { "onFinding": "Explode" } }""", "audit.onFinding", "Exclude")]
    [InlineData("""{ "audit": { "rule": "NoSuch*" } }""", "audit.rule", "audit rule")]
    [InlineData("""{ "measure": { "minimumAccuracy": 90 } }""", "measure.minimumAccuracy", "0 to 1")]
    [InlineData("""{ "publish": { "keep": 1 } }""", "publish.keep", "2 or above")]
    [InlineData("""{ "compare": { "settings": { "level": 2 } } }""", "compare.settings", "Level")]
    [InlineData("""{ "compare": { "settings": { "forceReason": "always" } } }""", "compare.settings.forceReason", "-Force")]
    [InlineData("""{ "notify": { "webhook": { "url": "file:///etc/passwd" } } }""", "notify.webhook.url", "https://")]
    [InlineData("""{ "drift": { "onDrift": "Exclude" } }""", "drift.onDrift", "Stop or Warn")]
    [InlineData("""{ "audit": { "rule": [null] } }""", "audit.rule", "a list")]
    [InlineData("""{ "data": { "exclude": [null] } }""", "data.exclude", "a list")]
    [InlineData("""{ "plan": { "layers": [null] } }""", "plan.layers", "a list")]
    [InlineData("""{ "plan": { "model": { "is": "Svm", "kernel": { "gamma": 1 } } } }""", "plan.model", "Svm")]
    [InlineData("""{ "audit": { "minimumSeverity": 99 } }""", "audit.minimumSeverity", "Error")]
    [InlineData("""{ "audit": { "minimumSeverity": "99" } }""", "audit.minimumSeverity", "Error")]
    [InlineData("""{ "name": "a\n" }""", "name", "letters")]
    [InlineData("""{ "publish": { "name": "a." } }""", "publish.name", "no point last")]
    [InlineData("""{ "name": "nul" }""", "name", "no device")]
    [InlineData("""{ "publish": { "expiresAfter": "10675199.02:48:05" } }""", "publish.expiresAfter", "36500 days")]
    [InlineData("""{ "report": { "path": "x.pdf" } }""", "report.path", ".html")]
    public void What_is_wrong_is_told_by_the_setting_and_what_is_known(string json, string setting, string known)
    {
        var problem = Assert.Single(TaskFile.Look(File(json)).Problems, problem => problem.Setting == setting);
        Assert.Contains(known, problem.Message + problem.Action, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Action);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once_and_each_only_once()
    {
        var (_, problems) = TaskFile.Look(File("""{ "nam": 1, "plan": { "model": "None", "epochs": [] }, "train": { "resume": "yes" } }"""));
        Assert.Equal(["nam", "plan.model", "plan.epochs", "train.resume", "name", "data.path"], problems.Select(problem => problem.Setting));
        Assert.Equal("BadTask", Assert.Throws<FineTuneException>(() => TaskFile.Read(File("""{ "nam": 1 }"""))).Id);
    }

    [Theory]
    [InlineData("", "NotATask"), InlineData("[]", "NotATask"), InlineData("{", "NotATask"), InlineData("""{ "name": "a", "name": "b" }""", "NotATask"), InlineData("""{ "schemaVersion": 2 }""", "NewerSchema")]
    public void What_is_no_task_is_refused(string json, string id) => Assert.Equal(id, Assert.Throws<FineTuneException>(() => TaskFile.Look(File(json))).Id);

    [Fact]
    public void A_setting_twice_in_a_stage_is_a_problem() => Assert.NotEmpty(TaskFile.Look(File("""{ "name": "a", "data": { "path": "x", "path": "y" } }""")).Problems);

    [Fact]
    public void Settings_of_the_first_version_still_read()
    {
        var task = TaskFile.Parse(Golden("task-1.json"), Path.Combine(_folder.Path, "task-1.json"));
        Assert.Empty(task.Problems);
        Assert.Equal(("nightly", 0.93, TimeSpan.FromHours(4), 5), (task.Task.Name, task.Task.Measure.MinimumAccuracy, task.Task.Train.TimeBudget, task.Task.Publish.Keep));
        Assert.Equal("env:TOKEN", task.Task.Notify.Webhook!.Headers["Authorization"]);
    }

    [Fact]
    public void The_published_schema_is_that_of_the_settings()
    {
        var file = Path.Combine(ConventionTests.Root, "module", "task.schema.json");
        var docs = XDocument.Load(Path.ChangeExtension(typeof(FineTuneTask).Assembly.Location, ".xml")).Descendants("member").ToDictionary(member => (string)member.Attribute("name")!, member => member.Element("summary"));
        var now = new TaskSchema(member => docs.GetValueOrDefault(member is PropertyInfo property ? $"P:{property.DeclaringType!.FullName}.{property.Name}" : $"T:{((Type)member).FullName}") is { } summary ? Words(summary) : null).Write();
        if (Environment.GetEnvironmentVariable("PSFINETUNE_WRITE_GOLDENS") == "1") System.IO.File.WriteAllText(file, now);
        Assert.Equal(System.IO.File.ReadAllText(file).ReplaceLineEndings("\n"), now);
    }

    [Fact]
    public void The_schema_knows_every_setting_of_the_oldest_and_the_newest_file()
    {
        var schema = JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(ConventionTests.Root, "module", "task.schema.json")))!.AsObject();
        Known(schema, JsonNode.Parse(Golden("task-1.json"))!.AsObject(), "");
    }

    [Fact]
    public void Every_stage_explains_itself_and_the_order_is_the_documented_one()
    {
        var task = TaskFile.Read(File(Whole));
        Assert.Equal(["Lock", "Audit", "Drift", "Plan", "Train", "Measure", "Compare", "Publish", "Ledger", "Report", "Notify"], TaskStage.All.Select(stage => stage.Name));
        Assert.All(TaskStage.All, stage => Assert.EndsWith(".", stage.Explain(task), StringComparison.Ordinal));
        Assert.Equal([false, false, false, false, false, false, false, false, true, true, true], TaskStage.All.Select(stage => stage.Tells));
        Assert.IsType<LockStage>(TaskStage.All[0]);
    }

    [Fact]
    public void A_check_names_what_is_not_there()
    {
        var failed = TaskCheck.Of(File(Whole)).Where(check => !check.Passed).ToList();
        Assert.Equal(["data.path"], failed.Select(check => check.Setting));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "data"));
        Assert.DoesNotContain(TaskCheck.Of(File(Whole)), check => !check.Passed);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "ws")), "a check has written");
    }

    static string Golden(string name) => System.IO.File.ReadAllText(Path.Combine(ConventionTests.Root, "tests", "PSFineTune.Core.Tests", "Goldens", name));

    static void Known(JsonObject schema, JsonObject given, string at)
    {
        foreach (var (name, value) in given)
        {
            var known = schema["properties"]?[name] as JsonObject;
            Assert.True(known is not null, $"the schema has no {at}{name}");
            if (value is JsonObject inner && known["properties"] is not null) Known(known, inner, $"{at}{name}.");
        }
    }

    static string Words(XElement summary) => string.Join(' ', string.Concat(summary.Nodes().Select(node => node is XElement { Name.LocalName: "see" } see ? ((string?)see.Attribute("cref"))?.Split('.')[^1] ?? "" : node is XElement other ? other.Value : node.ToString()))
        .Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)).Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&");
}
