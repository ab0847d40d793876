namespace PSFineTune.Training;

/// <summary>One training at a time in a process, for its threads and memory are one; and one process at a time in a run's folder.</summary>
static class RunGate
{
    static int s_inside;

    /// <exception cref="FineTuneException">TrainingBusy.</exception>
    public static IDisposable Enter() => Interlocked.Exchange(ref s_inside, 1) == 0 ? new Leave() : throw Fault.TrainingBusy();

    /// <summary>The right to write in a run's folder; the system takes it back from a process that is killed.</summary>
    /// <exception cref="FineTuneException">RunBusy, CannotWrite.</exception>
    public static IDisposable Own(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (UnauthorizedAccessException wrong)
        {
            throw Fault.CannotWrite(folder, wrong);
        }
        catch (IOException wrong)
        {
            throw Fault.RunBusy(folder, wrong);
        }
    }

    sealed class Leave : IDisposable
    {
        int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) Volatile.Write(ref s_inside, 0);
        }
    }
}
