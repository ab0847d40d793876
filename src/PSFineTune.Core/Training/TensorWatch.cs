using TorchSharp;

namespace PSFineTune.Training;

/// <summary>Stops a run whose count of live tensors climbs: TorchSharp frees none that was made outside a scope.</summary>
sealed class TensorWatch
{
    // Optimizers make their state in the first steps.
    const int WarmUp = 3;

    long _before = long.MaxValue;
    int _warm;

    /// <summary>Other parameters learn now, so the optimizer makes state for them.</summary>
    public void Restart() => _warm = 0;

    /// <exception cref="FineTuneException">TensorsGrow.</exception>
    public void Check(int step)
    {
        var now = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        if (_warm++ < WarmUp) _before = now;
        else if (now > _before) throw Fault.TensorsGrow(step, _before, now);
    }
}
