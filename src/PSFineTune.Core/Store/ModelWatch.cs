using PSFineTune.Packaging;

namespace PSFineTune.Store;

/// <summary>Looks now and then whether a name means another model than the one in use.</summary>
/// <param name="store">Where the name is.</param>
/// <param name="known">What is in use.</param>
/// <param name="clock">Null for the system's.</param>
sealed class ModelWatch(ModelStore store, PublishedModel known, TimeProvider? clock = null)
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    readonly TimeProvider _clock = clock ?? TimeProvider.System;
    long _looked = (clock ?? TimeProvider.System).GetTimestamp();
    TimeSpan _interval = Interval;

    /// <summary>What is in use.</summary>
    public PublishedModel Known => known;

    /// <summary>The model that the name means now, opened, with a watch of its own; null where it is the one in use, or the time for a look has not come. After a fault looks grow rarer, up to one a minute.</summary>
    /// <exception cref="FineTuneException">The store or the new model cannot be read; the one in use is as good as before.</exception>
    public TrainedModel? Newer()
    {
        if (_clock.GetElapsedTime(_looked) < _interval) return null;
        _looked = _clock.GetTimestamp();
        _interval = TimeSpan.FromTicks(Math.Min(2 * _interval.Ticks, s_longest.Ticks));
        var now = store.Current(known.Name);
        if (now.Version != known.Version || now.Hash != known.Hash) return TrainedModel.Of(store, known.Name);
        _interval = Interval;
        return null;
    }
}
