using System.Text;
using PSFineTune.Models;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>
/// Weights and an image made by rule, so that logits can be compared with another implementation's: every tensor is
/// scale * sin(0.37 i + crc32(name) mod 1000), i the flat index, in double precision; scale is 0.5 / sqrt(fan in) for two
/// or more dimensions and 0.1 otherwise; weights of norms and SqueezeNet's last bias are 1 + that, running variances
/// 1 + its absolute value. The image is sin(0.01 i).
/// </summary>
static class FilledWeights
{
    /// <summary>A network that has them.</summary>
    public static Classifier Build(NetworkSpec spec, int classes)
    {
        var network = spec.Build(classes, seed: null);
        Fill(network);
        return network;
    }

    public static void Fill(Classifier classifier)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var norms = classifier.Specs.Where(spec => spec.Name.EndsWith("running_mean", StringComparison.Ordinal)).Select(spec => Owner(spec.Name)).ToHashSet();
        foreach (var spec in classifier.Specs.Where(spec => spec.Shape.Length > 0))
        {
            var one = spec.Name.EndsWith("orm.weight", StringComparison.Ordinal) || (norms.Contains(Owner(spec.Name)) && spec.Name.EndsWith(".weight", StringComparison.Ordinal))
                || (spec.Name == "classifier.1.bias" && classifier.State["classifier.1.weight"].dim() == 4);
            classifier.State[spec.Name].copy_(tensor(Values(spec, one, spec.Name.EndsWith("running_var", StringComparison.Ordinal)), spec.Shape));
        }
    }

    public static Tensor Image(int size, int count = 1)
    {
        using var scope = NewDisposeScope();
        var plain = tensor(Enumerable.Range(0, count * 3 * size * size).Select(i => (float)Math.Sin(0.01 * i)).ToArray(), [count, 3, size, size]);
        return Classifier.ChannelsLast(plain).MoveToOuterDisposeScope();
    }

    static float[] Values(TensorSpec spec, bool aroundOne, bool above)
    {
        var scale = spec.Shape.Length > 1 ? 0.5 / Math.Sqrt(spec.Elements / spec.Shape[0]) : 0.1;
        var phase = Crc32(spec.Name) % 1000;
        var values = new float[spec.Elements];
        Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(0, values.Length), range =>
        {
            for (var i = range.Item1; i < range.Item2; i++)
            {
                var value = scale * Math.Sin(0.37 * i + phase);
                values[i] = (float)(aroundOne ? 1 + value : above ? 1 + Math.Abs(value) : value);
            }
        });
        return values;
    }

    static string Owner(string name) => name[..Math.Max(0, name.LastIndexOf('.'))];

    // ISO 3309, reflected polynomial 0xEDB88320, as Python's zlib.crc32.
    static uint Crc32(string text)
    {
        var crc = uint.MaxValue;
        foreach (var letter in Encoding.ASCII.GetBytes(text))
        {
            crc ^= letter;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }
        return ~crc;
    }
}
