using System.Globalization;
using System.Management.Automation;

namespace PSFineTune.Hosting.Screen;

interface IProgressView
{
    void Show(ProgressRecord record);

    /// <summary>Makes room for other text.</summary>
    void Clear();
}

/// <summary>Progress for a log: at most one line an activity every five seconds.</summary>
sealed class ProgressLines(TextWriter writer, Func<TimeSpan> clock) : IProgressView
{
    static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    readonly Dictionary<int, TimeSpan> _shown = [];

    public void Show(ProgressRecord record)
    {
        var now = clock();
        if (record.RecordType == ProgressRecordType.Completed)
        {
            if (_shown.Remove(record.ActivityId))
                writer.WriteLine($"{record.Activity}: completed");
            return;
        }
        if (_shown.TryGetValue(record.ActivityId, out var last) && now - last < s_pause)
            return;
        _shown[record.ActivityId] = now;
        writer.WriteLine($"{record.Activity}: {ProgressText.Of(record)}");
    }

    public void Clear()
    {
    }
}

/// <summary>Progress for a terminal: one line that is drawn over, at most ten times a second.</summary>
sealed class ProgressBar(TextWriter writer, Func<int> width, Func<TimeSpan> clock) : IProgressView
{
    const int Cells = 20;
    const string EraseLine = "\r\e[K";

    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    readonly SortedDictionary<int, ProgressRecord> _active = [];
    TimeSpan? _drawn;
    bool _visible;

    public void Show(ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed)
        {
            _active.Remove(record.ActivityId);
            Clear();
            _drawn = null;
            return;
        }
        _active[record.ActivityId] = record;
        if (_drawn is { } last && clock() - last < s_pause)
            return;
        _drawn = clock();
        _visible = true;
        writer.Write(EraseLine + Line());
        writer.Flush();
    }

    public void Clear()
    {
        if (!_visible)
            return;
        writer.Write(EraseLine);
        writer.Flush();
        (_visible, _drawn) = (false, null);
    }

    // The parent's activity, then the bar of the innermost.
    string Line()
    {
        var inner = _active.Values.Last();
        var names = string.Join(" > ", _active.Values.Select(record => record.Activity));
        var line = $"{names} {Bar(inner.PercentComplete)}{ProgressText.Of(inner)}".ReplaceLineEndings(" ");
        return line.Length < width() ? line : line[..Math.Max(0, width() - 1)];
    }

    static string Bar(int percent)
    {
        if (percent < 0)
            return "";
        var full = Math.Min(percent, 100) * Cells / 100;
        return $"[{new string('#', full)}{new string('.', Cells - full)}] ";
    }
}

static class ProgressText
{
    /// <summary>Status, percent and time left, of those the record has.</summary>
    public static string Of(ProgressRecord record)
    {
        var parts = new List<string>();
        if (!string.IsNullOrWhiteSpace(record.StatusDescription))
            parts.Add(record.StatusDescription);
        if (!string.IsNullOrWhiteSpace(record.CurrentOperation))
            parts.Add(record.CurrentOperation);
        if (record.PercentComplete >= 0)
            parts.Add($"{record.PercentComplete}%");
        if (record.SecondsRemaining >= 0)
            parts.Add(TimeSpan.FromSeconds(record.SecondsRemaining).ToString(record.SecondsRemaining < 3600 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture) + " left");
        return string.Join(", ", parts);
    }
}
