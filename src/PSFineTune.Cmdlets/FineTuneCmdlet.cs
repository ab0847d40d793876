using System.Management.Automation;
using PSFineTune.Store;

namespace PSFineTune.Cmdlets;

/// <summary>What every cmdlet shares: cancellation on Ctrl+C, and one translation of core faults to error records.</summary>
public abstract class FineTuneCmdlet : PSCmdlet, ISpeaker, IDisposable
{
    readonly CancellationTokenSource _stop = new();

    protected CancellationToken Cancelled => _stop.Token;

    /// <summary>Whether the user lets code run that a model holds.</summary>
    private protected virtual bool AllowsCode => false;

    protected virtual void Begin() { }

    protected virtual void Process() { }

    protected virtual void End() { }

    protected sealed override void BeginProcessing() => Guarded(Begin);

    protected sealed override void ProcessRecord() => Guarded(Process);

    protected sealed override void EndProcessing() => Guarded(End);

    protected sealed override void StopProcessing() => _stop.Cancel();

    public void Dispose()
    {
        Release();
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A path as the session means it; null where none is given.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(given))]
    private protected string? FullPath(string? given) => given is null ? null : GetUnresolvedProviderPathFromPSPath(given);

    /// <summary>Gives back what the cmdlet holds; called also where the pipeline stopped before <see cref="End"/>.</summary>
    protected virtual void Release() { }

    /// <summary>Reports a fault of one item; the pipeline goes on.</summary>
    protected void WriteFault(FineTuneException fault)
    {
        if (fault.Detail is { } detail) WriteVerbose(detail);
        WriteError(FaultRecord.Of(fault));
    }

    /// <summary>What is read; null where that is a fault, which is then an error of its own, and the others come out.</summary>
    private protected T? Said<T>(Func<T> read) where T : class
    {
        try
        {
            return read();
        }
        catch (FineTuneException fault)
        {
            WriteFault(fault);
            return null;
        }
    }

    /// <summary>The script that calls, full path; null for a prompt or a command line.</summary>
    private protected string? CallingScript => MyInvocation.ScriptName is { Length: > 0 } script ? script : null;

    /// <summary>The folder of runs and caches: the one given, else the user's.</summary>
    private protected string WorkspacePath(string? given) => given is null ? PSFineTune.Workspace.Default : GetUnresolvedProviderPathFromPSPath(given);

    /// <summary>The files a path with wildcards names; a plain path is kept though nothing is there, so that it becomes one error of its own.</summary>
    private protected IEnumerable<string> FilesOf(string path) => WildcardPattern.ContainsWildcardCharacters(path) && !Path.Exists(GetUnresolvedProviderPathFromPSPath(path))
        ? GetResolvedProviderPathFromPSPath(path, out _)
        : [GetUnresolvedProviderPathFromPSPath(path)];

    /// <summary>A model as the core knows it: the object itself, the full path of a file, or a run's id, or its name in a store. Objects from a job or another machine keep only their properties, so their id or path stands for them.</summary>
    private protected object Given(object model)
    {
        var plain = model is PSObject wrapped ? wrapped.BaseObject : model;
        if (plain is PSCustomObject) plain = PSObject.AsPSObject(model).Properties["Path"]?.Value ?? model;
        return plain switch
        {
            string name when StoreReference.Is(name) => Located(StoreReference.Parse(name)).ToString(),
            FileInfo file => file.FullName,
            string text when File.Exists(GetUnresolvedProviderPathFromPSPath(text)) || Directory.Exists(GetUnresolvedProviderPathFromPSPath(text)) => GetUnresolvedProviderPathFromPSPath(text),
            _ => plain,
        };
    }

    /// <summary>A run as the core knows it: the record, the full path of its folder, or its id.</summary>
    private protected object GivenRun(object run) => Given(run) switch
    {
        DirectoryInfo folder => folder.FullName,
        var given => given,
    };

    // A store's folder starts where PowerShell is; without one it is the store of this machine.
    StoreReference Located(StoreReference reference) => reference.Folder is { } folder ? reference with { Folder = GetUnresolvedProviderPathFromPSPath(folder) } : reference;

    void Guarded(Action body)
    {
        using var consent = CodeConsent.If(AllowsCode);
        try
        {
            body();
        }
        catch (FineTuneException fault)
        {
            if (fault.Detail is { } detail) WriteVerbose(detail);
            ThrowTerminatingError(FaultRecord.Of(fault));
        }
        // What is first asked of TorchSharp by one of its types comes wrapped.
        catch (TypeInitializationException wrong) when (wrong.GetBaseException() is FineTuneException fault)
        {
            ThrowTerminatingError(FaultRecord.Of(fault));
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }
}
