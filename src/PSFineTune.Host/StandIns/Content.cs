using System.Collections;
using System.Management.Automation;
using System.Text;

namespace PSFineTune.Hosting.StandIns;

/// <summary>Turns PowerShell's names of encodings, or an Encoding, into an Encoding.</summary>
sealed class ToEncodingAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            Encoding encoding => encoding,
            string name => Named(name),
            var other => other,
        };

    static Encoding Named(string name) => name.ToLowerInvariant() switch
    {
        "utf8" or "utf8nobom" or "default" => new UTF8Encoding(false),
        "utf8bom" => new UTF8Encoding(true),
        "ascii" => Encoding.ASCII,
        "unicode" => Encoding.Unicode,
        "bigendianunicode" => Encoding.BigEndianUnicode,
        "utf32" => Encoding.UTF32,
        "oem" or "ansi" => Encoding.Latin1,
        _ => Encoding.GetEncoding(name),
    };
}

[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = "Path")]
sealed class GetContentCommand : ItemPathCommand
{
    [Parameter]
    public SwitchParameter Raw { get; set; }

    [Parameter, ToEncoding]
    public Encoding Encoding { get; set; } = new UTF8Encoding(false);

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter, Alias("First", "Head")]
    public long TotalCount { get; set; } = -1;

    [Parameter, Alias("Last")]
    public int Tail { get; set; } = -1;

    protected override void Process(string path)
    {
        SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.Name != "FileSystem")
            foreach (var reader in InvokeProvider.Content.GetReader([path], force: false, Literal))
                using (reader)
                    WriteObject(reader.Read(-1), enumerateCollection: true);
        else
            foreach (var file in Files(path))
                Read(file);
    }

    void Read(string file)
    {
        if (AsByteStream)
        {
            var bytes = File.ReadAllBytes(file);
            WriteObject(bytes, enumerateCollection: !Raw);
        }
        else if (Raw)
            WriteObject(File.ReadAllText(file, Encoding));
        else
        {
            var lines = File.ReadLines(file, Encoding);
            lines = TotalCount >= 0 ? lines.Take((int)Math.Min(TotalCount, int.MaxValue)) : Tail >= 0 ? lines.TakeLast(Tail) : lines;
            foreach (var line in lines)
                WriteObject(line);
        }
    }
}

/// <summary>What Set-Content and Add-Content share: lines of text, or bytes, into files.</summary>
abstract class WriteContentCommand : ItemPathCommand
{
    readonly List<object> _values = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public override string[] Path { get; set; } = [];

    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull, AllowEmptyCollection]
    public object?[] Value { get; set; } = [];

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter, ToEncoding]
    public Encoding Encoding { get; set; } = new UTF8Encoding(false);

    protected abstract bool Appends { get; }

    protected override void ProcessRecord() =>
        _values.AddRange((Value ?? []).SelectMany(value => LanguagePrimitives.GetEnumerable(value)?.Cast<object?>() ?? [value]).Where(value => value is not null)!);

    protected override void EndProcessing()
    {
        foreach (var path in Literal ? LiteralPath : Path)
            Try(path, () => Process(path));
    }

    protected override void Process(string path)
    {
        var file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (!ShouldProcess($"Path: {file}", Appends ? "Add Content" : "Set Content"))
            return;
        if (provider.Name == "FileSystem")
            foreach (var target in Literal || !WildcardPattern.ContainsWildcardCharacters(path) ? [file] : Files(path))
                Write(target);
        else
            foreach (var writer in InvokeProvider.Content.GetWriter([path], force: false, Literal))
                using (writer)
                    writer.Write(new ArrayList(_values));
    }

    void Write(string file)
    {
        if (Force && File.Exists(file))
            File.SetAttributes(file, File.GetAttributes(file) & ~FileAttributes.ReadOnly);
        using var stream = new FileStream(file, Appends ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        if (AsByteStream)
        {
            stream.Write([.. _values.Select(LanguagePrimitives.ConvertTo<byte>)]);
            return;
        }
        using var writer = new StreamWriter(stream, Encoding);
        foreach (var text in _values.Select(value => PSObject.AsPSObject(value).ToString()))
            writer.Write(NoNewline ? text : text + Environment.NewLine);
    }
}

[Cmdlet(VerbsCommon.Set, "Content", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
sealed class SetContentCommand : WriteContentCommand
{
    protected override bool Appends => false;
}

[Cmdlet(VerbsCommon.Add, "Content", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
sealed class AddContentCommand : WriteContentCommand
{
    protected override bool Appends => true;
}
