using System.Text.Json.Nodes;
using PSFineTune.Augment;
using PSFineTune.Models;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Pipelines as files.</summary>
public class PipelineJsonTests
{
    static readonly AugmentPipeline s_pipeline = new() { Ops = [new RandomResizedCrop { Scale = new(0.5, 1) }, new RandomHorizontalFlip { P = 0.25 }, new Resize { Size = 9, Interpolation = Interpolation.Bicubic }] };

    public static TheoryData<string> EveryOp => [.. Catalog<AugmentOp>.Names];

    [Theory, MemberData(nameof(EveryOp))]
    public void A_file_gives_back_the_pipeline(string op)
    {
        var pipeline = new AugmentPipeline { Ops = [Catalog<AugmentOp>.Create(op), new RandomHorizontalFlip()] };
        Assert.Equal((pipeline, false), PipelineJson.Read(PipelineJson.Write(pipeline), "x"));
    }

    [Fact]
    public void The_golden_file_of_version_1_still_reads()
    {
        using var golden = new StreamReader(typeof(PipelineJsonTests).Assembly.GetManifestResourceStream("pipeline-1.json")!);
        Assert.Equal((s_pipeline, false), PipelineJson.Read(golden.ReadToEnd(), "x"));
    }

    [Fact]
    public void A_file_with_a_setting_less_keeps_its_hash()
    {
        // What a version wrote that did not know the setting yet.
        var older = JsonNode.Parse(PipelineJson.Write(new() { Ops = [new RandomHorizontalFlip()] }))!;
        ((JsonObject)older["ops"]![0]!).Remove("p");
        Assert.True(PipelineJson.Read(older.ToJsonString(), "x").Edited);
        Assert.Equal(0.5, ((RandomHorizontalFlip)PipelineJson.Read(older.ToJsonString(), "x").Pipeline.Ops[0]).P);
    }

    [Fact]
    public void A_file_edited_by_hand_reads_and_is_known_as_edited()
    {
        var edited = PipelineJson.Write(s_pipeline).Replace("0.25", "0.75", StringComparison.Ordinal);
        var (pipeline, isEdited) = PipelineJson.Read(edited, "x");
        Assert.True(isEdited);
        Assert.Equal(0.75, ((RandomHorizontalFlip)pipeline.Ops[1]).P);
        Assert.False(PipelineJson.Read(PipelineJson.Write(s_pipeline).Replace("\n", "  \r\n", StringComparison.Ordinal), "x").Edited);
    }

    [Theory]
    [InlineData("[{ \"is\": \"RandomHorizontalFlip\", \"p\": 1 }]")]
    [InlineData("{ \"p\": 1, \"is\": \"randomhorizontalflip\" }")]
    [InlineData("{ \"RandomHorizontalFlip\": { \"P\": 1 } }")]
    [InlineData("{ \"ops\": [{ \"Name\": \"RandomHorizontalFlip\", \"Settings\": \"P 1\", \"P\": 1 }] } // as ConvertTo-Json writes it")]
    public void Every_way_to_write_it_is_understood(string json) =>
        Assert.Equal(new AugmentPipeline { Ops = [new RandomHorizontalFlip { P = 1 }] }, PipelineJson.Read(json, "x").Pipeline);

    [Fact]
    public void Names_alone_stand_for_ops_with_their_defaults() =>
        Assert.Equal(AugmentPreset.Create("Tutorial"), PipelineJson.Read("[\"RandomResizedCrop\", \"RandomHorizontalFlip\"]", "x").Pipeline);

    [Theory]
    [InlineData("[\"RandomHorizontalFlop\"]", "UnknownName", "Did you mean 'RandomHorizontalFlip'?")]
    [InlineData("[{ \"is\": \"ColorJitter\", \"brightnes\": 1 }]", "UnknownSetting", "Did you mean 'Brightness'?")]
    [InlineData("[{ \"is\": \"RandomHorizontalFlip\", \"p\": 2 }]", "InvalidOpSetting", "Give P")]
    [InlineData("[{ \"is\": \"RandomHorizontalFlip\", \"p\": \"often\" }]", "BadSetting", "Give P")]
    [InlineData("[{ \"is\": \"Resize\", \"interpolation\": \"Lanczos\" }]", "BadSetting", "Interpolation")]
    [InlineData("{ \"schemaVersion\": 2, \"ops\": [] }", "NewerSchema", "Update the module")]
    [InlineData("{ \"schemaVersion\": 1 }", "NotDescribed", "Export-AugmentPipeline")]
    [InlineData("{ \"schemaVersion\": 1, \"ops\": [], \"opps\": 1 }", "UnknownSetting", "Did you mean 'ops'?")]
    [InlineData("{ \"schemaVersion\": \"one\", \"ops\": [] }", "NotDescribed", "Export-AugmentPipeline")]
    [InlineData("[{ \"p\": 1, \"q\": 2 }]", "NotDescribed", "Export-AugmentPipeline")]
    [InlineData("[{ \"is\": \"Resize\", \"size\": 1, \"size\": 2 }]", "NotDescribed", "Export-AugmentPipeline")]
    [InlineData("[", "NotDescribed", "Export-AugmentPipeline")]
    public void What_is_wrong_is_said_by_name(string json, string id, string action)
    {
        var fault = Assert.Throws<FineTuneException>(() => PipelineJson.Read(json, "x.json"));
        Assert.Equal(id, fault.Id);
        Assert.Contains(action, fault.RecommendedAction);
    }
}
