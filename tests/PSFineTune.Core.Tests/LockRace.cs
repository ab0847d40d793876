using PSFineTune.Locking;

namespace PSFineTune.Tests;

/// <summary>What the processes do that race for a lock.</summary>
static class LockRace
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Once with Skip, the winner holding until all have tried; then with Wait, each looking whether another is inside.</summary>
    public static int Child(string folder)
    {
        string File(string name) => Path.Combine(folder, name);
        void Say(string what) => System.IO.File.WriteAllText(File($"{what}-{Environment.ProcessId}"), "");

        Say("ready");
        if (!Await(File("go1"))) return 3;
        using (var won = FineTuneLock.Acquire(File("lock"), "race", LockPolicy.Skip, TimeSpan.Zero, default))
        {
            Say(won is null ? "skipped" : "won");
            if (!Await(File("go2"))) return 3;
        }
        using var held = FineTuneLock.Acquire(File("lock"), "race", LockPolicy.Wait, s_patience, default);
        try
        {
            // Only one can have made it.
            using (new FileStream(File("inside"), FileMode.CreateNew)) Thread.Sleep(3);
        }
        catch (IOException)
        {
            return 2;
        }
        Say("done");
        System.IO.File.Delete(File("inside"));
        return 0;
    }

    /// <summary>Holds a lock until it is killed, and says when it has it.</summary>
    public static int Hold(string folder)
    {
        using var held = FineTuneLock.Acquire(Path.Combine(folder, "lock"), "nightly training", LockPolicy.Fail, TimeSpan.Zero, default);
        File.WriteAllText(Path.Combine(folder, "held"), "");
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    static bool Await(string file)
    {
        for (var tries = 0; tries < 2400; tries++, Thread.Sleep(50))
            if (File.Exists(file)) return true;
        return false;
    }
}
