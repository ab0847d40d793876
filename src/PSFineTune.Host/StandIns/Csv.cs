using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace PSFineTune.Hosting.StandIns;

/// <summary>What Export-Csv and ConvertTo-Csv share: the first object decides the columns.</summary>
abstract class ToCsvCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public virtual PSObject? InputObject { get; set; }

    [Parameter]
    public char Delimiter { get; set; } = ',';

    // Accepted and the default, as since PowerShell 6.
    [Parameter, Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; } = true;

    /// <summary>Names of the columns; null before the first object.</summary>
    protected string[]? Columns { get; set; }

    protected abstract void WriteLine(string line);

    protected virtual bool WritesHeader => true;

    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        var properties = Properties(InputObject);
        if (Columns is null)
        {
            Columns = [.. properties.Select(property => property.Name)];
            if (WritesHeader)
                WriteLine(Line(Columns));
        }
        WriteLine(Line(Columns.Select(name => properties.Find(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value)));
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
            // Lines that are added keep to the columns of the file.
            _addsToLines = Append && File.Exists(path) && new FileInfo(path).Length > 0;
            if (_addsToLines)
                Columns = [.. CsvText.Records(File.ReadAllText(path, Encoding), Delimiter).First()];
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
