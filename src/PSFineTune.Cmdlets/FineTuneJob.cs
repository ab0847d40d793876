using System.Management.Automation;
using PSFineTune.Data;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>A run on a thread of its own, as PowerShell's jobs are: what it says is on the job's streams, its record the output.</summary>
sealed class FineTuneJob : Job, ISpeaker
{
    readonly CancellationTokenSource _stop = new();
    readonly Thread _thread;
    string _status = "";

    FineTuneJob(string command, Func<IProgress<ImportProgress>, CancellationToken, IEnumerable<TrainEvent>> run) : base(command)
    {
        (Name, PSJobTypeName) = ($"FineTune{Id}", nameof(FineTuneJob));
        _thread = new(() => Run(run)) { IsBackground = true, Name = "PSFineTune job" };
    }

    /// <summary>A job that is known to Get-Job and under way.</summary>
    /// <param name="jobs">Where the session keeps its jobs.</param>
    /// <param name="command">To show.</param>
    /// <param name="run">What to pull, given where reading data is reported and what stops it.</param>
    public static Job Start(JobRepository? jobs, string command, Func<IProgress<ImportProgress>, CancellationToken, IEnumerable<TrainEvent>> run)
    {
        var job = new FineTuneJob(command, run);
        jobs?.Add(job);
        job.SetJobState(JobState.Running);
        job._thread.Start();
        return job;
    }

    /// <summary>Where the run is.</summary>
    public override string StatusMessage => _status;

    public override string Location => Environment.MachineName;

    public override bool HasMoreData => Output.Count + Error.Count + Warning.Count + Verbose.Count + Information.Count + Progress.Count > 0;

    /// <summary>Ends the run after the step that is under way, and returns when its checkpoint is written.</summary>
    public override void StopJob()
    {
        if (!_thread.IsAlive) return;
        _stop.Cancel();
        if (Thread.CurrentThread != _thread) _thread.Join();
    }

    void ISpeaker.WriteVerbose(string text) => Verbose.Add(new(text));

    void ISpeaker.WriteWarning(string text) => Warning.Add(new(text));

    void ISpeaker.WriteObject(object sendToPipeline) => Output.Add(PSObject.AsPSObject(sendToPipeline));

    void ISpeaker.WriteInformation(object messageData, string[] tags)
    {
        var said = new InformationRecord(messageData, Name);
        said.Tags.AddRange(tags);
        Information.Add(said);
    }

    void ISpeaker.WriteProgress(ProgressRecord progressRecord)
    {
        _status = progressRecord.StatusDescription;
        Progress.Add(progressRecord);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopJob();
            _stop.Dispose();
        }
        base.Dispose(disposing);
    }

    // Nothing may escape from a thread of our own: that would end the whole PowerShell process.
    void Run(Func<IProgress<ImportProgress>, CancellationToken, IEnumerable<TrainEvent>> run)
    {
        try
        {
            new RunNarrator(this).TellAll(run(new ShownProgress(this), _stop.Token));
            End(JobState.Completed, "done");
        }
        catch (OperationCanceledException)
        {
            End(JobState.Stopped, "stopped");
        }
        catch (Exception wrong)
        {
            var fault = wrong as FineTuneException;
            if (fault?.Detail is { } detail) Verbose.Add(new(detail));
            Error.Add(fault is null ? new(wrong, wrong.GetType().Name, ErrorCategory.NotSpecified, null) : FaultRecord.Of(fault));
            End(JobState.Failed, wrong.Message);
        }
    }

    // Whoever enumerates a stream waits for its end.
    void End(JobState state, string status)
    {
        _status = status;
        Output.Complete();
        Error.Complete();
        Warning.Complete();
        Verbose.Complete();
        Information.Complete();
        Progress.Complete();
        SetJobState(state);
    }
}
