using System.Text;
using System.Text.Json;

namespace PSFineTune.Comparison;

/// <summary>That a hold-out decided between two models.</summary>
sealed record HoldOutUse
{
    /// <summary>Its hash.</summary>
    public string HoldOut { get; init; } = "";

    /// <summary>Hash of the champion's weights; "" for none.</summary>
    public string Champion { get; init; } = "";

    /// <summary>Hash of the challenger's weights.</summary>
    public string Challenger { get; init; } = "";

    public string Verdict { get; init; } = "";

    public DateTimeOffset Time { get; init; }
}

/// <summary>
/// The uses of hold-outs in a workspace: one line each in hold-out-uses.jsonl, to which lines are only added. Who adds one has
/// the file alone, so that of several processes each counts what the others wrote.
/// </summary>
/// <param name="workspace">Its folder; made where a use is added.</param>
sealed class HoldOutUses(string workspace)
{
    // How long another process may hold the file: it writes one line.
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    readonly string _path = Path.Combine(workspace, "hold-out-uses.jsonl");

    /// <summary>How many pairs of models a hold-out has decided on.</summary>
    /// <exception cref="FineTuneException">HoldOutUsesBusy, CannotRead.</exception>
    public int Count(string holdOut, CancellationToken cancel)
    {
        if (!File.Exists(_path)) return 0;
        using var file = Opened(FileMode.Open, FileAccess.Read, FileShare.ReadWrite, cancel);
        return Pairs(file, holdOut).Count;
    }

    /// <summary>Adds a use, unless the same pair was decided on before.</summary>
    /// <returns>How many pairs the hold-out has decided on with this one.</returns>
    /// <exception cref="FineTuneException">HoldOutUsesBusy, CannotWrite.</exception>
    public int Add(HoldOutUse use, CancellationToken cancel)
    {
        try
        {
            Directory.CreateDirectory(workspace);
            using var file = Opened(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, cancel);
            var pairs = Pairs(file, use.HoldOut);
            if (!pairs.Add((use.Champion, use.Challenger))) return pairs.Count;
            // A process that was killed may have left half a line: it ends here, and counts for nothing.
            var isCut = file.Length > 0 && LastByte(file) != '\n';
            file.Seek(0, SeekOrigin.End);
            file.Write(Encoding.UTF8.GetBytes((isCut ? "\n" : "") + PlanJson.WriteLine(use) + "\n"));
            file.Flush(flushToDisk: true);
            return pairs.Count;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotWrite(_path, wrong);
        }
    }

    static int LastByte(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte();
    }

    static HashSet<(string Champion, string Challenger)> Pairs(FileStream file, string holdOut)
    {
        HashSet<(string, string)> pairs = [];
        using var reader = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        while (reader.ReadLine() is { } line)
            if (UseIn(line) is { } use && use.HoldOut == holdOut) pairs.Add((use.Champion, use.Challenger));
        return pairs;
    }

    // Of a line of a later version only what is known here counts; what is no line of this file counts for nothing.
    static HoldOutUse? UseIn(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object ? new() { HoldOut = Text("holdOut"), Champion = Text("champion"), Challenger = Text("challenger") } : null;

            string Text(string name) => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        }
        catch (JsonException)
        {
            return null;
        }
    }

    FileStream Opened(FileMode mode, FileAccess access, FileShare share, CancellationToken cancel)
    {
        var until = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                return new(_path, mode, access, share);
            }
            catch (IOException busy) when (busy is not FileNotFoundException and not DirectoryNotFoundException)
            {
                if (Environment.TickCount64 > until) throw Fault.HoldOutUsesBusy(_path, busy);
                cancel.WaitHandle.WaitOne(s_pause);
            }
            catch (Exception wrong) when (access == FileAccess.Read && wrong is IOException or UnauthorizedAccessException)
            {
                throw Fault.CannotRead(_path, wrong);
            }
        }
    }
}
