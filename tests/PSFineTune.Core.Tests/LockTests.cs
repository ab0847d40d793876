using System.Diagnostics;
using PSFineTune.Locking;
using Xunit;

namespace PSFineTune.Tests;

public sealed class LockTests : IDisposable
{
    const int Racers = 50;

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    FineTuneLock? Acquire(LockPolicy policy, TimeSpan wait = default, CancellationToken cancel = default) => FineTuneLock.Acquire(_folder["lock"], "testing", policy, wait, cancel);

    [Fact]
    public void Of_fifty_processes_one_runs_and_then_each_alone()
    {
        var racers = Enumerable.Range(0, Racers).Select(_ => ChildProcess.Start("race", _folder.Path)).ToList();
        try
        {
            Assert.True(ChildProcess.Until(() => Count("ready") == Racers), $"{Count("ready")} of {Racers} began.");
            File.WriteAllText(_folder["go1"], "");
            Assert.True(ChildProcess.Until(() => Count("won") + Count("skipped") == Racers), $"{Count("won")} won and {Count("skipped")} skipped.");
            Assert.Equal(1, Count("won"));
            File.WriteAllText(_folder["go2"], "");
            Assert.All(racers, racer => Assert.Equal((0, ""), ChildProcess.Finish(racer)));
            Assert.Equal(Racers, Count("done"));
            Assert.Null(FineTuneLock.Read(_folder["lock"]));
        }
        catch
        {
            foreach (var racer in racers.Where(Runs)) racer.Kill();
            throw;
        }
    }

    [Fact]
    public async Task A_killed_owner_is_told_of_while_it_lives_and_frees_the_lock()
    {
        using var owner = ChildProcess.Start("hold", _folder.Path);
        Assert.True(ChildProcess.Until(() => File.Exists(_folder["held"])));
        var fault = Assert.Throws<FineTuneException>(() => Acquire(LockPolicy.Fail));
        Assert.Equal(("Locked", FaultKind.Busy), (fault.Id, fault.Kind));
        Assert.Contains($"process {owner.Id} of {LockOwner.Account} on {Environment.MachineName} (nightly training), since 2", fault.Message, StringComparison.Ordinal);
        Assert.Null(Acquire(LockPolicy.Skip));
        var seen = FineTuneLock.Read(_folder["lock"])!;
        Assert.Equal((owner.Id, "nightly training", Environment.MachineName), (seen.ProcessId, seen.Purpose, seen.Host));
        Assert.Equal(owner.StartTime.ToUniversalTime(), seen.ProcessStarted.UtcDateTime, TimeSpan.FromSeconds(2));
        Assert.Equal(seen, PlanJson.Read<LockOwner>(PlanJson.Write(seen)));

        var waited = Assert.Throws<FineTuneException>(() => Acquire(LockPolicy.Wait, TimeSpan.FromSeconds(1)));
        Assert.EndsWith("and was not given back in 1 s.", waited.Message, StringComparison.Ordinal);
        var waiting = Task.Run(() => Acquire(LockPolicy.Wait, Timeout.InfiniteTimeSpan));
        Thread.Sleep(200);
        Assert.False(waiting.IsCompleted);
        owner.Kill();
        using var held = (await waiting.WaitAsync(TimeSpan.FromMinutes(2)))!;
        Assert.Equal(owner.Id, held.Left!.ProcessId);
        Assert.Contains($"was left by process {owner.Id}", held.Note, StringComparison.Ordinal);
        Assert.EndsWith("which has ended.", held.Note, StringComparison.Ordinal);
        Assert.Equal(Environment.ProcessId, FineTuneLock.Read(_folder["lock"])!.ProcessId);
    }

    [Fact]
    public void Given_back_it_is_free_and_leaves_no_owner()
    {
        using (var held = Acquire(LockPolicy.Fail)!)
        {
            Assert.Null(held.Left);
            Assert.Null(held.Warning);
            Assert.Null(Acquire(LockPolicy.Skip));
            held.Dispose();
            held.Dispose();
        }
        Assert.Null(FineTuneLock.Read(_folder["lock"]));
        Assert.Equal(["lock"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
        using var again = Acquire(LockPolicy.Fail);
        Assert.Null(again!.Note);
    }

    [Fact]
    public void A_process_of_the_same_id_is_another_one_and_of_another_host_is_not_judged()
    {
        var own = LockOwner.Here("x", DateTimeOffset.UnixEpoch);
        Assert.False(own.HasEnded);
        Assert.True((own with { ProcessStarted = own.ProcessStarted.AddMinutes(-1) }).HasEnded);
        Assert.True((own with { ProcessId = int.MaxValue }).HasEnded);
        Assert.False((own with { ProcessId = int.MaxValue, Host = "elsewhere" }).HasEnded);
    }

    [Fact]
    public void Held_without_a_record_or_with_an_old_one_it_says_that_nobody_is_known()
    {
        using var held = Acquire(LockPolicy.Fail);
        foreach (var record in new[] { null, "half a rec", PlanJson.Write(LockOwner.Here("old", DateTimeOffset.UnixEpoch) with { ProcessId = int.MaxValue }) })
        {
            if (record is null) File.Delete(_folder["lock.owner"]);
            else File.WriteAllText(_folder["lock.owner"], record);
            Assert.Equal(0, FineTuneLock.Read(_folder["lock"])!.ProcessId);
            Assert.Contains("is held by a process that did not say who it is", Assert.Throws<FineTuneException>(() => Acquire(LockPolicy.Fail)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Waiting_can_be_stopped()
    {
        using var held = Acquire(LockPolicy.Fail);
        using var stop = new CancellationTokenSource(100);
        Assert.Throws<OperationCanceledException>(() => Acquire(LockPolicy.Wait, TimeSpan.MaxValue, stop.Token));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_no_lock_that_is_held()
    {
        File.WriteAllText(_folder["file"], "");
        Assert.Equal("CannotWrite", Assert.Throws<FineTuneException>(() => FineTuneLock.Acquire(_folder["file/lock"], "x", LockPolicy.Skip, default, default)).Id);
    }

    int Count(string what) => Directory.GetFiles(_folder.Path, what + "-*").Length;

    static bool Runs(Process process)
    {
        try
        {
            return !process.HasExited;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
