using System.Globalization;

namespace PSFineTune.Scheduling;

/// <summary>When a task runs, in the local time of the machine: on which days, at which times of them.</summary>
public sealed record FineTuneSchedule
{
    const int Hours = 24;

    /// <summary>Time of day, whole minutes, below 24 hours; with <see cref="EveryHours"/> one of its times.</summary>
    public TimeSpan At { get; init; }

    /// <summary>Days it runs on; empty for every day.</summary>
    public IReadOnlyList<DayOfWeek> DaysOfWeek { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Day of the month, 1 to 28, so that every month has it; null for every day.</summary>
    public int? DayOfMonth { get; init; }

    /// <summary>Hours from one run to the next: 1, 2, 3, 4, 6, 8 or 12, so that every day has the same times; null for once a day.</summary>
    public int? EveryHours { get; init; }

    /// <summary>Each run begins up to this much later, by chance; below one day.</summary>
    public TimeSpan RandomDelay { get; init; }

    /// <summary>A run is ended after this time; null for never.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>A run that was missed, for the machine was off, is not made up for.</summary>
    public bool SkipMissed { get; init; }

    /// <exception cref="FineTuneException">BadSchedule.</exception>
    internal void Validate()
    {
        Require(At >= TimeSpan.Zero && At < TimeSpan.FromHours(Hours) && At.Ticks % TimeSpan.TicksPerMinute == 0, nameof(At), At, "a time of day in whole minutes, such as 02:30");
        Require(EveryHours is null || EveryHours > 0 && EveryHours < Hours && Hours % EveryHours == 0, nameof(EveryHours), EveryHours, "1, 2, 3, 4, 6, 8 or 12");
        Require(DayOfMonth is null or >= 1 and <= 28, nameof(DayOfMonth), DayOfMonth, "1 to 28, for not every month has more");
        Require(DayOfMonth is null || DaysOfWeek.Count == 0, nameof(DayOfMonth), DayOfMonth, "given without DaysOfWeek");
        Require(DaysOfWeek.All(Enum.IsDefined), nameof(DaysOfWeek), string.Join(", ", DaysOfWeek), "days such as Monday");
        Require(RandomDelay >= TimeSpan.Zero && RandomDelay < TimeSpan.FromHours(Hours) && RandomDelay.Ticks % TimeSpan.TicksPerSecond == 0, nameof(RandomDelay), RandomDelay, "0 to below one day, in whole seconds");
        Require(TimeLimit is null || TimeLimit >= TimeSpan.FromMinutes(1) && TimeLimit.Value.Ticks % TimeSpan.TicksPerSecond == 0, nameof(TimeLimit), TimeLimit, "a minute or more, in whole seconds");
    }

    /// <summary>The times of a day, ascending.</summary>
    internal IReadOnlyList<TimeSpan> Times => EveryHours is { } hours
        ? [.. Enumerable.Range(0, Hours / hours).Select(i => new TimeSpan(At.Hours % hours + i * hours, At.Minutes, 0))]
        : [At];

    /// <summary>In the order of the week, Monday first, each once.</summary>
    internal IReadOnlyList<DayOfWeek> Days => [.. DaysOfWeek.Distinct().OrderBy(day => ((int)day + 6) % 7)];

    /// <summary>The first time after <paramref name="now"/>, without the random delay. A time that a clock put forward leaves out is an hour later.</summary>
    internal DateTimeOffset Next(DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var times = from day in Enumerable.Range(0, 63).Select(days => local.Date.AddDays(days))
                    where Includes(day)
                    from time in Times
                    select In(zone, day + time);
        return times.First(time => time > now);
    }

    public override string ToString()
    {
        var days = DayOfMonth is { } day ? $"day {day.ToString(CultureInfo.InvariantCulture)} of each month" : DaysOfWeek.Count > 0 ? string.Join(", ", Days) : "daily";
        var times = EveryHours is { } hours ? $"every {hours.ToString(CultureInfo.InvariantCulture)} hours from {Clock(Times[0])}" : $"at {Clock(At)}";
        return $"{days} {times}";
    }

    /// <summary>hh:mm.</summary>
    internal static string Clock(TimeSpan time) => time.ToString(@"hh\:mm", CultureInfo.InvariantCulture);

    bool Includes(DateTime day) => DayOfMonth is { } number ? day.Day == number : DaysOfWeek.Count == 0 || DaysOfWeek.Contains(day.DayOfWeek);

    static DateTimeOffset In(TimeZoneInfo zone, DateTime local) =>
        zone.IsInvalidTime(local) ? In(zone, local.AddHours(1)) : new(local, zone.GetUtcOffset(local));

    static void Require(bool holds, string name, object? value, string allowed)
    {
        if (!holds) throw Fault.BadSchedule(name, value, allowed);
    }
}
