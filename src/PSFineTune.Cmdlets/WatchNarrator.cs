using System.Management.Automation;
using PSFineTune.Pictures;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Says how a watched run goes: in a terminal in one place, anew each time; elsewhere a line for each epoch.</summary>
sealed class WatchNarrator(FineTuneCmdlet cmdlet)
{
    // To the first column, so many lines up; and what is below goes.
    const string Erase = "\u001b[J";

    readonly bool _live = Screen.IsLive(cmdlet.Host);

    int _lines;
    int _epochs;

    public void Tell(RunState state)
    {
        if (_live) Redraw(state);
        else
        {
            foreach (var metric in state.Record.Epochs.Skip(_epochs)) Say(WatchView.Line(metric, state.Progress is { } progress && state.End is null ? progress : null));
            if (state.End is { } end) Say($"{state.Record.Id}: {end}");
        }
        _epochs = state.Record.Epochs.Count;
        if (state is { End: { } ended, Record.Finished: null }) cmdlet.WriteWarning($"The run {state.Record.Id} is {ended}. Its checkpoints stay.");
    }

    void Redraw(RunState state)
    {
        var text = new WatchView(Screen.Columns(cmdlet.Host), Screen.HasColors).Of(state);
        cmdlet.Host.UI.Write((_lines > 0 ? $"\u001b[{_lines}F" : "") + Erase + text);
        _lines = text.Count(letter => letter == '\n');
    }

    // As Write-Host does: on the screen, and where it is asked for, in a variable or a file.
    void Say(string line) => cmdlet.WriteInformation(new HostInformationMessage { Message = line }, ["PSHOST", "Epoch"]);
}
