using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace PSFineTune.Hosting.StandIns;

/// <summary>What Export-Csv and ConvertTo-Csv share: the first object decides the columns.</summary>
abstract class ToCsvCommand : PSCmdlet
{
    string[]? _columns;

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public virtual PSObject? InputObject { get; set; }

    [Parameter]
    public char Delimiter { get; set; } = ',';

    // Accepted and the default, as since PowerShell 6.
    [Parameter, Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; } = true;

    protected abstract void WriteLine(string line);

    protected virtual bool WritesHeader => true;

    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        var properties = Properties(InputObject);
        if (_columns is null)
        {
            _columns = [.. properties.Select(property => property.Name)];
            if (WritesHeader)
                WriteLine(Line(_columns));
        }
        WriteLine(Line(_columns.Select(name => properties.Find(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value)));
    }

    static List<(string Name, string? Value)> Properties(PSObject item) => item.BaseObject is System.Collections.IDictionary table
        ? [.. table.Cast<System.Collections.DictionaryEntry>().Select(entry => (entry.Key.ToString()!, Text(entry.Value)))]
        : [.. item.Properties.Where(property => property.IsGettable).Select(property => (property.Name, Text(property.Value)))];

    static string? Text(object? value) => value switch
    {
        null => null,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => PSObject.AsPSObject(value).ToString(),
    };

    string Line(IEnumerable<string?> fields) =>
        string.Join(Delimiter, fields.Select(field => field is null ? "" : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
}

[Cmdlet(VerbsData.ConvertTo, "Csv"), OutputType(typeof(string))]
sealed class ConvertToCsvCommand : ToCsvCommand
{
    protected override void WriteLine(string line) => WriteObject(line);
}

[Cmdlet(VerbsData.Export, "Csv", SupportsShouldProcess = true)]
sealed class ExportCsvCommand : ToCsvCommand, IDisposable
{
    StreamWriter? _file;
    bool _addsToLines;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public override PSObject? InputObject { get; set; }

    [Parameter(Position = 0, Mandatory = true), Alias("LiteralPath", "PSPath")]
    public string Path { get; set; } = "";

    [Parameter, ToEncoding]
    public Encoding Encoding { get; set; } = new UTF8Encoding(false);

    [Parameter]
    public SwitchParameter Append { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override bool WritesHeader => !_addsToLines;

    protected override void BeginProcessing()
    {
        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        if (!ShouldProcess(path, "Export-Csv"))
            return;
        try
        {
            _addsToLines = Append && File.Exists(path) && new FileInfo(path).Length > 0;
            _file = new(path, Append, Encoding);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new(error, "FileOpenFailure", ErrorCategory.OpenError, path));
        }
    }

    protected override void WriteLine(string line) => _file?.WriteLine(line);

    protected override void EndProcessing() => Dispose();

    public void Dispose() => _file?.Dispose();
}

/// <summary>What Import-Csv and ConvertFrom-Csv share: records of strings, the first one names the columns unless -Header does.</summary>
abstract class FromCsvCommand : PSCmdlet
{
    [Parameter]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    public string[] Header { get; set; } = [];

    protected void Give(string text)
    {
        var columns = Header;
        foreach (var record in CsvText.Records(text, Delimiter))
            if (columns.Length == 0)
                columns = [.. record.Select((name, index) => name.Length == 0 ? $"H{index + 1}" : name)];
            else
                WriteObject(Item(columns, record));
    }

    static PSObject Item(string[] columns, List<string> record)
    {
        var item = new PSObject();
        for (var i = 0; i < columns.Length; i++)
            item.Properties.Add(new PSNoteProperty(columns[i], i < record.Count ? record[i] : null));
        return item;
    }
}

[Cmdlet(VerbsData.ConvertFrom, "Csv")]
sealed class ConvertFromCsvCommand : FromCsvCommand
{
    readonly StringBuilder _text = new();

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true), AllowEmptyString]
    public string[] InputObject { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var line in InputObject)
            _text.Append(line).Append('\n');
    }

    protected override void EndProcessing() => Give(_text.ToString());
}

[Cmdlet(VerbsData.Import, "Csv", DefaultParameterSetName = "Path")]
sealed class ImportCsvCommand : FromCsvCommand
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath"), Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter, ToEncoding]
    public Encoding Encoding { get; set; } = new UTF8Encoding(false);

    protected override void ProcessRecord()
    {
        foreach (var path in ParameterSetName == "Path" ? Path : LiteralPath.Select(WildcardPattern.Escape))
            foreach (var file in SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _))
                Give(File.ReadAllText(file, Encoding));
    }
}

static class CsvText
{
    /// <summary>Records of delimited text with quoted fields (RFC 4180); empty lines are none.</summary>
    public static IEnumerable<List<string>> Records(string text, char delimiter)
    {
        var (record, field, quoted, any) = (new List<string>(), new StringBuilder(), false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"')
                    field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    field.Append(text[++i]);
                else
                    quoted = false;
            }
            else if (c == '"' && field.ToString().Trim().Length == 0)
                (quoted, any) = (field.Clear() is not null, true);
            else if (c == delimiter)
                (any, field) = (Add(record, field), new());
            else if (c is '\n')
            {
                if (any || field.Length > 0)
                {
                    record.Add(field.ToString());
                    yield return record;
                }
                (record, field, any) = ([], new(), false);
            }
            else if (c is not '\r')
                field.Append(c);
        }
        if (any || field.Length > 0)
        {
            record.Add(field.ToString());
            yield return record;
        }
    }

    static bool Add(List<string> record, StringBuilder field)
    {
        record.Add(field.ToString());
        return true;
    }
}
