using System.Management.Automation;
using System.Text.RegularExpressions;
using Microsoft.PowerShell.Commands;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsCommon.Select, "String", DefaultParameterSetName = "File"), OutputType(typeof(MatchInfo), typeof(bool), typeof(string))]
sealed class SelectStringCommand : PSCmdlet
{
    Regex[] _patterns = [];
    int _line;
    bool _found;

    [Parameter(Position = 0, Mandatory = true)]
    public string[] Pattern { get; set; } = [];

    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "File")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralFile"), Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Object"), AllowNull, AllowEmptyString]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public SwitchParameter SimpleMatch { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    [Parameter]
    public SwitchParameter List { get; set; }

    [Parameter]
    public SwitchParameter NotMatch { get; set; }

    [Parameter]
    public SwitchParameter AllMatches { get; set; }

    [Parameter]
    public SwitchParameter Raw { get; set; }

    protected override void BeginProcessing() =>
        _patterns = [.. Pattern.Select(pattern => new Regex(SimpleMatch ? Regex.Escape(pattern) : pattern, CaseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase))];

    protected override void ProcessRecord()
    {
        if (Quiet && _found)
            return;
        if (ParameterSetName == "Object")
        {
            // Files from the pipeline are read, everything else is looked at as text.
            if (InputObject?.BaseObject is FileInfo given)
                Search(given.FullName);
            else
                Look(InputObject?.ToString() ?? "", ++_line, "InputStream");
        }
        else
            foreach (var path in ParameterSetName == "File" ? Path : LiteralPath.Select(WildcardPattern.Escape))
                foreach (var file in SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _))
                    Search(file);
    }

    protected override void EndProcessing()
    {
        if (Quiet)
            WriteObject(_found);
    }

    void Search(string file)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
            if (Look(line, ++number, file) && (Quiet || List))
                return;
    }

    bool Look(string line, int number, string path)
    {
        var pattern = Array.FindIndex(_patterns, candidate => candidate.IsMatch(line));
        if (pattern >= 0 == NotMatch)
            return false;
        _found = true;
        if (Raw)
            WriteObject(line);
        else if (!Quiet)
            WriteObject(new MatchInfo
            {
                IgnoreCase = !CaseSensitive, LineNumber = number, Line = line, Path = path, Pattern = Pattern[Math.Max(pattern, 0)],
                Matches = pattern < 0 ? [] : AllMatches ? [.. _patterns[pattern].Matches(line).Cast<Match>()] : [_patterns[pattern].Match(line)],
            });
        return true;
    }
}
