namespace PSFineTune.Training;

/// <summary>Stops a run whose resident memory climbs and climbs: at night nobody sees it before the machine kills something.</summary>
/// <remarks>Pools fill, and garbage comes and goes, so it is the least of a stretch of steps that counts, and several stretches in a row.</remarks>
sealed class MemoryWatch
{
    const int Stretch = 100, Climbs = 8;
    const double Climb = 1.01;
    const long Harmless = 512L << 20;

    long _least = long.MaxValue, _before, _first;
    int _steps, _climbs;

    /// <summary>Takes in what the process holds after a step.</summary>
    /// <exception cref="FineTuneException">MemoryGrows.</exception>
    public void Check(int step, long resident)
    {
        _least = Math.Min(_least, resident);
        if (++_steps % Stretch != 0) return;
        if (_before > 0 && _least > Climb * _before) _climbs++;
        else (_climbs, _first) = (0, _least);
        if (_climbs >= Climbs && _least > _first + Harmless) throw Fault.MemoryGrows(step, _first, _least);
        (_before, _least) = (_least, long.MaxValue);
    }
}
