using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.PowerShell.Commands;

namespace PSFineTune.Hosting.StandIns;

[Cmdlet(VerbsCommon.Get, "Date"), OutputType(typeof(DateTime), typeof(string))]
sealed class GetDateCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true), Alias("LastWriteTime")]
    public DateTime? Date { get; set; }

    [Parameter]
    public string? Format { get; set; }

    [Parameter]
    public SwitchParameter AsUTC { get; set; }

    protected override void ProcessRecord()
    {
        var time = Date ?? DateTimeOffset.Now.LocalDateTime;
        time = AsUTC ? time.ToUniversalTime() : time;
        // "FileDate" and its like are names of formats, not formats.
        if (Format is null)
            WriteObject(time);
        else
            WriteObject(time.ToString(Format.ToLowerInvariant() switch
            {
                "filedate" => "yyyyMMdd",
                "filedatetime" => "yyyyMMddTHHmmssffff",
                _ => Format,
            }, CultureInfo.CurrentCulture));
    }
}

[Cmdlet(VerbsCommon.Get, "Random", DefaultParameterSetName = "Number")]
sealed class GetRandomCommand : PSCmdlet
{
    readonly List<object> _items = [];

    [Parameter(ParameterSetName = "Number")]
    public int Minimum { get; set; }

    [Parameter(Position = 0, ParameterSetName = "Number")]
    public int Maximum { get; set; } = int.MaxValue;

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "List")]
    public object[] InputObject { get; set; } = [];

    [Parameter, ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    [Parameter]
    public int? SetSeed { get; set; }

    protected override void ProcessRecord() => _items.AddRange(InputObject);

    protected override void EndProcessing()
    {
        var random = SetSeed is { } seed ? new Random(seed) : Random.Shared;
        if (ParameterSetName == "Number")
            for (var i = 0; i < Count; i++)
                WriteObject(random.Next(Minimum, Maximum));
        else
        {
            var shuffled = _items.ToArray();
            random.Shuffle(shuffled);
            WriteObject(shuffled.Take(Count), enumerateCollection: true);
        }
    }
}

[Cmdlet(VerbsLifecycle.Start, "Sleep", DefaultParameterSetName = "Seconds")]
sealed class StartSleepCommand : PSCmdlet, IDisposable
{
    readonly ManualResetEventSlim _stopped = new();

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Seconds"), ValidateRange(0.0, int.MaxValue / 1000)]
    public double Seconds { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Milliseconds"), ValidateRange(0, int.MaxValue), Alias("ms")]
    public int Milliseconds { get; set; }

    protected override void ProcessRecord() =>
        _stopped.Wait(ParameterSetName == "Seconds" ? TimeSpan.FromSeconds(Seconds) : TimeSpan.FromMilliseconds(Milliseconds));

    protected override void StopProcessing() => _stopped.Set();

    public void Dispose() => _stopped.Dispose();
}

[Cmdlet(VerbsCommon.Get, "FileHash", DefaultParameterSetName = "Path"), OutputType(typeof(FileHashInfo))]
sealed class GetFileHashCommand : ItemPathCommand
{
    [Parameter, ValidateSet("SHA1", "SHA256", "SHA384", "SHA512", "MD5")]
    public string Algorithm { get; set; } = "SHA256";

    protected override void Process(string path)
    {
        foreach (var file in Files(path))
        {
            using var stream = File.OpenRead(file);
            var hash = CryptographicOperations.HashData(new HashAlgorithmName(Algorithm.ToUpperInvariant()), stream);
            WriteObject(new FileHashInfo { Algorithm = Algorithm.ToUpperInvariant(), Hash = Convert.ToHexString(hash), Path = file });
        }
    }
}

[Cmdlet(VerbsCommon.New, "Guid"), OutputType(typeof(Guid))]
sealed class NewGuidCommand : PSCmdlet
{
    protected override void EndProcessing() => WriteObject(Guid.NewGuid());
}

[Cmdlet(VerbsCommon.New, "TemporaryFile", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
sealed class NewTemporaryFileCommand : PSCmdlet
{
    protected override void EndProcessing()
    {
        if (ShouldProcess(Path.GetTempPath(), "Create File"))
            WriteObject(new FileInfo(Path.GetTempFileName()));
    }
}

[Cmdlet(VerbsCommon.Get, "Host"), OutputType(typeof(PSHost))]
sealed class GetHostCommand : PSCmdlet
{
    protected override void BeginProcessing() => WriteObject(Host);
}

[Cmdlet(VerbsCommunications.Read, "Host"), OutputType(typeof(string))]
sealed class ReadHostCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromRemainingArguments = true), AllowNull]
    public object? Prompt { get; set; }

    protected override void BeginProcessing()
    {
        if (Prompt is null)
        {
            WriteObject(Host.UI.ReadLine());
            return;
        }
        // By way of Prompt, so that nothing is shown where nobody can answer.
        var name = LanguagePrimitives.ConvertTo<string>(Prompt);
        WriteObject(Host.UI.Prompt("", "", [new FieldDescription(name)])[name]);
    }
}

[Cmdlet(VerbsCommon.Add, "Type", DefaultParameterSetName = "FromAssemblyName")]
sealed class AddTypeCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ParameterSetName = "FromAssemblyName"), Alias("AN")]
    public string[] AssemblyName { get; set; } = [];

    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "FromPath")]
    public string[] Path { get; set; } = [];

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void BeginProcessing()
    {
        var files = Path.Select(path => Assembly.LoadFrom(SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)));
        foreach (var assembly in AssemblyName.Select(Assembly.Load).Concat(files).ToList())
            if (PassThru)
                WriteObject(assembly.GetExportedTypes(), enumerateCollection: true);
    }
}

[Cmdlet(VerbsData.Import, "PowerShellDataFile", DefaultParameterSetName = "Path"), OutputType(typeof(System.Collections.Hashtable))]
sealed class ImportPowerShellDataFileCommand : ItemPathCommand
{
    protected override void Process(string path)
    {
        foreach (var file in Files(path))
        {
            var tree = System.Management.Automation.Language.Parser.ParseFile(file, out _, out var errors);
            var table = errors.Length > 0 ? null : tree.Find(node => node is System.Management.Automation.Language.HashtableAst, searchNestedScriptBlocks: false);
            if (table is null)
                WriteError(new(new InvalidOperationException($"The file '{file}' could not be parsed as a PowerShell data file."), "CouldNotParseAsPowerShellDataFile", ErrorCategory.InvalidData, file));
            else
                WriteObject(((System.Management.Automation.Language.HashtableAst)table).SafeGetValue());
        }
    }
}
