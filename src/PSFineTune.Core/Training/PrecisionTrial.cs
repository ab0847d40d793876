using System.Diagnostics;
using System.Globalization;
using PSFineTune.Models;
using static TorchSharp.torch;

namespace PSFineTune.Training;

/// <summary>
/// Whether bfloat16 is faster than float32, tried with the network itself: it depends on the processor, on what the
/// libraries make of it, and on the shapes. Nothing of the network is other afterwards.
/// </summary>
static class PrecisionTrial
{
    const int Passes = 3;

    /// <summary>A first pass that takes so many times the other's is no accident: the rest is spared.</summary>
    const double Hopeless = 4;

    /// <summary>What to say of a plan's precision; null where it is float32, or the faster one.</summary>
    /// <param name="plan">Of the learner.</param>
    /// <param name="learner">Begins an epoch, and takes no step.</param>
    /// <param name="epoch">Which layers learn differs between them.</param>
    /// <param name="loader">Of the batches.</param>
    /// <param name="batches">The first is looked at where there is a question.</param>
    public static string? Warning(TrainingPlan plan, Learner learner, int epoch, BatchLoader loader, IEnumerable<Batch> batches)
    {
        if (plan.Precision == Precision.Float32) return null;
        learner.Begin(epoch);
        return Warning(Ratio(learner, batches.First(), loader.Reader));
    }

    /// <param name="ratio">As <see cref="Ratio"/>.</param>
    public static string? Warning(double ratio) => ratio < 1 ? null : string.Create(CultureInfo.InvariantCulture,
        $"A step in bfloat16 takes {ratio:0.0} times as long here as in float32: -Precision Float32 is faster on this machine, and more precise.");

    /// <summary>Time of a pass in bfloat16 over that in float32.</summary>
    /// <param name="learner">In an epoch.</param>
    /// <param name="batch">To pass through.</param>
    /// <param name="reader">Of the batch.</param>
    public static double Ratio(Learner learner, Batch batch, SampleReader reader)
    {
        var (single, half) = (double.PositiveInfinity, double.PositiveInfinity);
        using var kept = new KeptState(learner.Network);
        // By turns, for the machine may be shared; the least, for the first passes prepare what the others use again.
        for (var pass = 0; pass < Passes; pass++)
        {
            single = Math.Min(single, Seconds(Precision.Float32));
            half = Math.Min(half, Seconds(Precision.BFloat16));
            if (half > Hopeless * single) break;
        }
        return half / single;

        double Seconds(Precision precision)
        {
            learner.Network.Precision = precision;
            var watch = Stopwatch.StartNew();
            learner.Try(batch, reader);
            return watch.Elapsed.TotalSeconds;
        }
    }

    /// <summary>What a pass changes of a network, put back in the end: statistics of batch norm, its noise, and its precision.</summary>
    sealed class KeptState : IDisposable
    {
        readonly Classifier _network;
        readonly (Tensor Buffer, Tensor Copy)[] _buffers;
        readonly Precision _precision;
        readonly RandomStream _noise;

        public KeptState(Classifier network)
        {
            (_network, _precision, _noise) = (network, network.Precision, network.Noise);
            _buffers = [.. network.Specs.Where(spec => spec.Role == TensorRole.Buffer).Select(spec => (network.State[spec.Name], network.State[spec.Name].clone()))];
        }

        public void Dispose()
        {
            (_network.Precision, _network.Noise) = (_precision, _noise);
            foreach (var (buffer, copy) in _buffers)
            {
                buffer.copy_(copy);
                copy.Dispose();
            }
        }
    }
}
