using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using PSFineTune.Augment;
using PSFineTune.Imaging;
using PSFineTune.Models;

namespace PSFineTune.Benchmarks;

/// <summary>Every op alone, on pictures of a network's input size; each picture is copied first, as torchvision leaves the one it is given.</summary>
sealed class OpSpeed(IReadOnlyList<string> files)
{
    const int InputSize = 224;

    readonly Picture[] _pictures = [.. files.Select(file => AugmentPreset.Evaluation(new() { InputSize = InputSize }).Run(ImageFile.Decode(file), InputSize, default))];

    /// <summary>One measurement an op, as it is made, with the settings a peer needs to do the same.</summary>
    public IEnumerable<object> Measure(IEnumerable<string> names)
    {
        foreach (var op in names.Select(Acting))
        {
            var alone = new AugmentPipeline { Ops = [op] };
            var rate = Rate.Of(_pictures.Length, round =>
            {
                for (var i = 0; i < _pictures.Length; i++) Edited(alone, i, round).Dispose();
            }, seconds: 0.15);
            yield return new { op = op.Name, images_per_second = Math.Round(rate), changed = Math.Round(Changed(alone), 2), settings = ChangedOf(op), record = JsonNode.Parse(PlanJson.Write(op)), runtime = RuntimeInformation.FrameworkDescription };
        }
    }

    // The picture stays as it is; one that is mixed is mixed with the one after it.
    Picture Edited(AugmentPipeline alone, int index, int round)
    {
        var plan = new AugmentPlan([], InputSize, InputSize);
        foreach (var edit in alone.Draw(InputSize, InputSize, InputSize, new(1, round, (ulong)index))) plan.Add(edit, _ => _pictures[(index + 1) % _pictures.Length].Copy());
        return plan.Run(AugmentSource.Of(_pictures[index]), CancellationToken.None);
    }

    double Changed(AugmentPipeline alone) => _pictures.Select((picture, i) =>
    {
        using var after = Edited(alone, i, 1);
        return after.Pixels.SequenceEqual(picture.Pixels) ? 0 : 1;
    }).Average();

    static string ChangedOf(AugmentOp op) => string.Join(", ", SettingText.ChangedOf(op).Select(setting => $"{setting.Name} {SettingText.Value(setting.Value, "0.####")}"));

    /// <summary>The op with settings under which it always does its work, where there are such: what is left out now and then never is.</summary>
    static AugmentOp Acting(string name)
    {
        AugmentOp[] flips = [new RandomHorizontalFlip { P = 1 }, new RandomVerticalFlip { P = 1 }];
        var op = Catalog<AugmentOp>.Create(name) switch
        {
            CenterCrop => new CenterCrop { Size = 160 },
            ColorJitter => new ColorJitter { Brightness = 0.5, Contrast = 0.5, Saturation = 0.5, Hue = 0.5 },
            RandomRotation => new RandomRotation { Degrees = 20, Interpolation = Interpolation.Bilinear },
            RandomAffine => new RandomAffine { Degrees = 20, Translate = new(0.1, 0.1), Scale = new(0.8, 1.2), Shear = 10, Interpolation = Interpolation.Bilinear },
            Resize => new Resize { Size = 160 },
            RandomCrop => new RandomCrop { Size = InputSize, Padding = 8 },
            RandomResizedCrop => new RandomResizedCrop { Size = InputSize },
            OneOf => new OneOf { Ops = flips },
            SomeOf => new SomeOf { Ops = flips },
            RandomApply => new RandomApply { Ops = flips },
            RandomOrder => new RandomOrder { Ops = flips },
            var other => other,
        };
        op.GetType().GetProperty("P")?.SetValue(op, 1.0);
        op.Validate();
        return op;
    }
}
