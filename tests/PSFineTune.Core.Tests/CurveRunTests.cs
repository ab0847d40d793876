using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Recipes;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What a run leaves for whoever watches it: progress, and event files for TensorBoard.</summary>
[Collection("Training")]
public sealed class CurveRunTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_leaves_progress_and_on_request_event_files()
    {
        Pictures.WriteClasses(_folder["data"], classes: 2, each: 8);
        var data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["workspace"], CancellationToken.None);
        var plan = PlanStart.For(new ResNet20(), data, "Random", new Tutorial()) with { BatchSize = 8, Threads = 1, Epochs = 2 };
        var record = FineTuning.Run(plan, data, _folder["workspace"], null, CancellationToken.None, new() { TensorBoard = true }).OfType<RunDone>().Single().Record;

        var progress = ProgressFile.Read(record.Path)!;
        Assert.Equal((2, 2, progress.Steps, Environment.ProcessId), (progress.Epoch, progress.Epochs, progress.Step, progress.ProcessId));
        Assert.Equal("complete", RunState.Of(new(record.Path), DateTimeOffset.UtcNow).End);
        Assert.Empty(Directory.GetFiles(record.Path, "*.tmp"));

        var scalars = Scalars(Assert.Single(Directory.GetFiles(Path.Combine(record.Path, "tensorboard"))));
        Assert.Equal(["loss/train", "loss/validation", "accuracy", "learning_rate"], scalars.Where(scalar => scalar.Step == 1).Select(scalar => scalar.Tag));
        Assert.Equal(record.Epochs.Select(epoch => ((long)epoch.Epoch, (float)epoch.TrainLoss)), scalars.Where(scalar => scalar.Tag == "loss/train").Select(scalar => (scalar.Step, scalar.Value)));
        Assert.Equal(record.Epochs.Select(epoch => (float)epoch.Accuracy), scalars.Where(scalar => scalar.Tag == "accuracy").Select(scalar => scalar.Value));
    }

    [Fact]
    public void An_event_file_that_cannot_be_written_is_said_and_the_run_goes_on()
    {
        Pictures.WriteClasses(_folder["data"], classes: 2, each: 8);
        var data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["workspace"], CancellationToken.None);
        var plan = PlanStart.For(new ResNet20(), data, "Random", new Tutorial()) with { BatchSize = 8, Threads = 1, Epochs = 2 };
        var events = new List<TrainEvent>();
        foreach (var happened in FineTuning.Run(plan, data, _folder["workspace"], null, CancellationToken.None, new() { TensorBoard = true }))
        {
            // Before the first epoch is over, something else lies where the folder would be.
            if (events.Count == 0) File.WriteAllText(Path.Combine(RunFolder.All(_folder["workspace"]).Single().Path, "tensorboard"), "");
            events.Add(happened);
        }
        Assert.Contains("TensorBoard", Assert.Single(events.OfType<Noted>(), note => note.IsWarning).Message);
        Assert.Equal(0, events.OfType<RunDone>().Single().Record.ExitCode);
    }

    [Fact]
    public void Progress_that_cannot_be_written_or_read_is_no_failure()
    {
        Assert.False(ProgressFile.Write(_folder["gone"], new()));
        Assert.Null(ProgressFile.Read(_folder["gone"]));
        File.WriteAllText(_folder[ProgressFile.Name], "{");
        Assert.Null(ProgressFile.Read(Path.GetDirectoryName(_folder[ProgressFile.Name])!));
    }

    [Fact]
    public void A_run_whose_process_is_gone_was_killed()
    {
        var now = DateTimeOffset.UtcNow;
        var folder = RunFolder.Create(_folder["workspace"], now);
        folder.Record = new() { Id = folder.Id, Path = folder.Path };
        Assert.Null(RunState.Of(folder, now).End);
        Assert.StartsWith("silent", RunState.Of(folder, now.AddHours(1)).End);

        RunProgress mine = new() { ProcessId = Environment.ProcessId, MachineName = Environment.MachineName, At = now };
        ProgressFile.Write(folder.Path, mine);
        Assert.Null(RunState.Of(folder, now.AddHours(1)).End);
        ProgressFile.Write(folder.Path, mine with { ProcessId = Ended() });
        Assert.StartsWith("killed", RunState.Of(folder, now).End);
        // The number lives on in a process that began after the sign.
        ProgressFile.Write(folder.Path, mine with { At = now.AddDays(-1) });
        Assert.StartsWith("killed", RunState.Of(folder, now).End);
        ProgressFile.Write(folder.Path, mine with { MachineName = "elsewhere" });
        Assert.Null(RunState.Of(folder, now).End);
        Assert.StartsWith("silent", RunState.Of(folder, now.AddHours(1)).End);
    }

    [Fact]
    public void Runs_are_found_by_record_id_and_folder()
    {
        var workspace = _folder["workspace"];
        Assert.Equal("NoRuns", Assert.Throws<FineTuneException>(() => RunState.Newest(workspace, DateTimeOffset.UtcNow)).Id);
        var folder = RunFolder.Create(workspace, DateTimeOffset.UtcNow);
        folder.Record = new() { Id = folder.Id, Path = folder.Path };
        Assert.All((object[])[folder.Record, folder.Id, folder.Path, folder.Path + Path.DirectorySeparatorChar], given => Assert.Equal(folder.Id, RunState.Find(given, workspace).Id));
        Assert.Equal("NoSuchRun", Assert.Throws<FineTuneException>(() => RunState.Find("other", workspace)).Id);
        Assert.Equal(folder.Id, RunState.Newest(workspace, DateTimeOffset.UtcNow).Id);
    }

    static int Ended()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.Id;
    }

    // TFRecord: length, its masked checksum, bytes, their masked checksum; each an Event of protocol buffers.
    static List<(string Tag, long Step, float Value)> Scalars(string file)
    {
        var bytes = File.ReadAllBytes(file).AsSpan();
        var found = new List<(string, long, float)>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
            Assert.Equal(Masked(bytes.Slice(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 8)..]));
            var content = bytes.Slice(at + 12, length);
            Assert.Equal(Masked(content), BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 12 + length)..]));
            var fields = Fields(content.ToArray());
            if (fields.TryGetValue(5, out var summary))
            {
                var value = Fields((byte[])Fields((byte[])summary)[1]);
                found.Add((Encoding.UTF8.GetString((byte[])value[1]), (long)(ulong)fields[2], BitConverter.ToSingle((byte[])value[2])));
            }
            at += 16 + length;
        }
        return found;
    }

    static Dictionary<int, object> Fields(byte[] message)
    {
        var fields = new Dictionary<int, object>();
        for (var at = 0; at < message.Length;)
        {
            var key = Number(message, ref at);
            var size = (key & 7) switch { 0 => 0, 1 => 8, 5 => 4, _ => (int)Number(message, ref at) };
            fields[(int)(key >> 3)] = (key & 7) == 0 ? Number(message, ref at) : message[at..(at += size)];
        }
        return fields;
    }

    static ulong Number(byte[] message, ref int at)
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            number |= (ulong)(message[at] & 0x7F) << shift;
            if (message[at++] < 0x80) return number;
        }
    }

    // Bit by bit, for the product's own must not be its judge.
    static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var state = uint.MaxValue;
        foreach (var value in bytes)
        {
            state ^= value;
            for (var bit = 0; bit < 8; bit++) state = (state >> 1) ^ (0x82F63B78 & (uint)-(int)(state & 1));
        }
        state = ~state;
        return ((state >> 15) | (state << 17)) + 0xA282EAD8;
    }
}
