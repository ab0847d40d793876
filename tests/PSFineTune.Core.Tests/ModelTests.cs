using PSFineTune.Models;
using PSFineTune.Models.Nodes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>Laws that hold for every network of images; a new one is tested the moment its record exists.</summary>
public class ModelTests
{
    static ModelTests() => PSFineTune.Native.TorchRuntime.Ensure();

    // Numbers of one whose laws take seconds each: of such members a family has only its smallest here, which tells as much; all have goldens.
    const long LargestFilled = 26_000_000;

    public static TheoryData<string> EveryNetwork => [.. Catalog<ModelSpec>.Types.Where(type => type.IsAssignableTo(typeof(NetworkSpec)) && !type.IsAssignableTo(typeof(TextNetworkSpec)) && type != typeof(TorchScriptBackbone))
        .GroupBy(type => type.BaseType == typeof(NetworkSpec) ? type : type.BaseType)
        .SelectMany(family => family.Select(type => type.Name).OrderBy(Numbers).Where((name, place) => place == 0 || Numbers(name) <= LargestFilled))];

    static long Numbers(string name) => Spec(name).Tensors(3).Sum(tensor => tensor.Elements);

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Runs_from_stem_to_head(string name)
    {
        var groups = Spec(name).Describe(3).Select(group => group.Name).ToList();
        var tokens = Spec(name) is VisionTransformer;
        Assert.Equal(tokens ? "embeddings" : "stem", groups[0]);
        Assert.Equal("head", groups[^1]);
        Assert.Equal(Enumerable.Range(0, groups.Count - 2).Select(place => tokens ? $"layer{place}" : $"stage{place + 1}"), groups[1..^1]);
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Knows_its_tensors_without_building_them(string name)
    {
        var specs = Spec(name).Tensors(3);
        using var classifier = Spec(name).Build(3, 1);
        Assert.Equal(specs.Select(spec => spec.Name).Order(StringComparer.Ordinal), classifier.State.Keys);
        Assert.All(specs, spec => Assert.Equal(spec.Shape, classifier.State[spec.Name].shape));
        Assert.All(specs, spec => Assert.Equal(spec.Role == TensorRole.Parameter, classifier.State[spec.Name].requires_grad));
        Assert.All(specs, spec => Assert.Equal(spec.Shape.Length == 0 ? ScalarType.Int64 : ScalarType.Float32, classifier.State[spec.Name].dtype));
        Assert.Equal(classifier.Groups, specs.Select(spec => spec.Group).Distinct());
        Assert.Contains(specs, spec => spec.Group == "head" && spec.Shape.Length > 1 && spec.Shape[0] == 3);
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Runs_group_by_group_as_it_runs_whole(string name)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var classifier = Spec(name).Build(3, 1);
        var images = FilledWeights.Image(64, 2);
        var whole = classifier.Forward(images);
        var x = images;
        for (var group = 0; group < classifier.Groups.Count; group++) x = classifier.Forward(x, group, group + 1);
        Assert.Equal([2, 3], whole.shape);
        Assert.True(whole.equal(x).all().item<bool>());
        Assert.True(whole.equal(classifier.Forward(classifier.Features(images), classifier.Groups.Count - 1, classifier.Groups.Count)).all().item<bool>());
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Sees_the_smallest_image_that_it_says_it_can(string name)
    {
        using var scope = NewDisposeScope();
        using var classifier = Spec(name).Build(3, 1);
        var images = FilledWeights.Image(Spec(name).SmallestSide, 2);
        foreach (var training in new[] { false, true })
        {
            classifier.Training = training;
            var logits = classifier.Forward(images);
            Assert.Equal([2, 3], logits.shape);
            Assert.True(logits.isfinite().all().item<bool>());
        }
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Leaves_one_tensor_and_keeps_channels_last(string name)
    {
        using var scope = NewDisposeScope();
        using var classifier = Spec(name).Build(3, 1);
        classifier.Training = true;
        var images = FilledWeights.Image(64, 2);
        var strides = classifier.Parameters.ToDictionary(pair => pair.Spec.Name, pair => pair.Parameter.stride());
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var step = 0; step < 2; step++)
        {
            using var logits = classifier.Forward(images);
            using var squares = logits.square();
            using var loss = squares.sum();
            loss.backward();
        }
        foreach (var (_, parameter) in classifier.Parameters) parameter.grad!.Dispose();
        using (var features = classifier.Features(images)) Assert.Equal(1, features.stride(1));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.All(classifier.Parameters, pair => Assert.Equal(strides[pair.Spec.Name], pair.Parameter.stride()));
        Assert.All(classifier.Parameters.Where(pair => pair.Spec.Shape is [_, > 1, _, _]), pair => Assert.Equal(1, pair.Parameter.stride(1)));
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Is_seeded_and_its_hash_tells(string name)
    {
        string Hash(int seed)
        {
            using var classifier = Spec(name).Build(3, seed);
            return classifier.WeightsHash();
        }

        var first = Hash(1);
        Assert.Matches("^[0-9a-f]{64}$", first);
        Assert.Equal(first, Hash(1));
        Assert.NotEqual(first, Hash(2));
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Survives_json(string name)
    {
        ModelSpec spec = name == "MobileNetV2" ? new MobileNetV2 { Width = 0.35 } : Spec(name);
        var json = PlanJson.Write(spec);
        Assert.Equal(spec, PlanJson.Read<ModelSpec>(json));
        Assert.DoesNotContain("family", json);
        Assert.DoesNotContain("defaultPreprocessing", json);
    }

    [Fact]
    public void Frozen_batch_norm_stays_as_it_is_unless_told()
    {
        using var scope = NewDisposeScope();
        using var classifier = new ResNet20().Build(3, 1);
        classifier.Training = true;
        classifier.Parameters.Single(pair => pair.Spec.Name == "bn1.weight").Parameter.requires_grad = false;
        var images = FilledWeights.Image(32, 2);
        classifier.Forward(images);
        Assert.Equal(0, Counter("bn1"));
        Assert.Equal(1, Counter("layer1.0.bn1"));
        Assert.Equal(0, classifier.State["bn1.running_mean"].abs().sum().item<float>());

        classifier.FrozenNormTrains = norm => norm == "bn1.weight";
        classifier.Forward(images);
        Assert.Equal(1, Counter("bn1"));
        Assert.NotEqual(0, classifier.State["bn1.running_mean"].abs().sum().item<float>());

        classifier.Training = false;
        classifier.Forward(images);
        Assert.Equal(1, Counter("bn1"));

        long Counter(string norm) => classifier.State[$"{norm}.num_batches_tracked"].item<long>();
    }

    [Fact]
    public void Dropout_is_a_function_of_the_noise_and_keeps_the_mean()
    {
        using var scope = NewDisposeScope();
        using var classifier = new Classifier([new("stem"), new("head", ("", new Dropout(0.25)))], 1) { Training = true };
        var x = ones(100, 100);
        float[] Run(int step)
        {
            classifier.Noise = RandomStream.For(1, step, "noise");
            return classifier.Forward(x).data<float>().ToArray();
        }

        var once = Run(1);
        Assert.Equal(once, Run(1));
        Assert.NotEqual(once, Run(2));
        Assert.InRange(once.Count(value => value == 0), 2300, 2700);
        Assert.InRange(once.Average(), 0.97f, 1.03f);
    }

    static NetworkSpec Spec(string name) => (NetworkSpec)Catalog<ModelSpec>.Create(name);
}
