using System.Reflection;
using System.Text.RegularExpressions;
using PSFineTune.Augment;
using PSFineTune.Data.Texts;
using PSFineTune.Losses;
using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Schedules;
using PSFineTune.Text.Selection;
using PSFineTune.Text.Tokens;
using PSFineTune.Text.Weighting;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>The shape of the code: what a reviewer would otherwise have to count.</summary>
public partial class ConventionTests
{
    static readonly string s_root = Above(AppContext.BaseDirectory);
    static readonly Assembly s_core = typeof(TrainingPlan).Assembly;

    /// <summary>Of the repository.</summary>
    internal static string Root => s_root;

    internal static IEnumerable<string> Sources(string folder) =>
        Directory.GetFiles(Path.Combine(s_root, folder), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/") && !file.Contains("/bin/"));

    [Fact]
    public void No_source_file_is_longer_than_200_lines() =>
        Assert.Empty(Sources("src").Where(file => File.ReadLines(file).Count() > 200).Select(Shown));

    [Fact]
    public void No_cmdlet_is_longer_than_60_lines() =>
        Assert.Empty(Sources("src/PSFineTune.Cmdlets/Commands").Where(file => File.ReadLines(file).Count() > 60).Select(Shown));

    [Fact]
    public void A_file_of_commands_holds_the_cmdlet_it_is_named_after() =>
        Assert.Empty(Sources("src/PSFineTune.Cmdlets/Commands").Where(file => !File.ReadAllText(file).Contains($"class {Path.GetFileNameWithoutExtension(file)} ", StringComparison.Ordinal)).Select(Shown));

    [Fact]
    public void Every_cmdlet_has_a_summary_an_example_and_an_output_type()
    {
        foreach (var file in Sources("src/PSFineTune.Cmdlets/Commands"))
        {
            var text = File.ReadAllText(file);
            Assert.All(["/// <summary>", "/// <example>", "OutputType(typeof("], part => Assert.True(text.Contains(part, StringComparison.Ordinal), $"{Shown(file)} has no {part}"));
        }
    }

    [Fact]
    public void Core_knows_no_powershell() =>
        Assert.DoesNotContain(s_core.GetReferencedAssemblies(), reference => reference.Name == "System.Management.Automation");

    [Fact]
    public void Operations_and_pictures_know_no_tensors() =>
        Assert.Empty(Sources("src/PSFineTune.Core/Augment").Concat(Sources("src/PSFineTune.Core/Imaging")).Where(file => File.ReadAllText(file).Contains("TorchSharp", StringComparison.Ordinal)).Select(Shown));

    [Fact]
    public void No_public_signature_of_core_mentions_torchsharp()
    {
        var mentioned = s_core.GetExportedTypes().SelectMany(type => type.GetMembers().SelectMany(Mentions).Append(type.BaseType).Select(used => (type, used)));
        Assert.DoesNotContain(mentioned, pair => pair.used?.FullName?.Contains("TorchSharp", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData(typeof(ModelSpec)), InlineData(typeof(AugmentOp)), InlineData(typeof(OptimizerSpec)), InlineData(typeof(ScheduleSpec)), InlineData(typeof(LossSpec))]
    [InlineData(typeof(TokenizerSpec)), InlineData(typeof(WeightingSpec)), InlineData(typeof(TermScorer)), InlineData(typeof(TextFormat))]
    public void Every_spec_of_a_catalog_round_trips_as_json(Type kind)
    {
        var types = (IEnumerable<Type>)typeof(Catalog<>).MakeGenericType(kind).GetProperty("Types")!.GetValue(null)!;
        Assert.NotEmpty(types);
        foreach (var type in types)
        {
            var made = Activator.CreateInstance(type)!;
            var json = (string)typeof(PlanJson).GetMethod("Write", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.MakeGenericMethod(kind).Invoke(null, [made])!;
            var read = typeof(PlanJson).GetMethod("Read", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.MakeGenericMethod(kind).Invoke(null, [json]);
            Assert.Equal(made, read);
        }
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        Assert.DoesNotContain(s_core.GetTypes(), type => Forbidden().IsMatch(type.Name.Split('`')[0]));

    [Theory]
    [InlineData(@"\bnew Random\(", "randomness is RandomStream")]
    [InlineData(@"\bRandom\.Shared\b", "randomness is RandomStream")]
    [InlineData(@"\bDateTime\.(Now|UtcNow|Today)\b", "time is an argument, or DateTimeOffset.UtcNow at the edge")]
    [InlineData(@"\bConsole\.(Write|Out|Error|Read|In)\b", "only the host and the build tool write to a console")]
    [InlineData(@"#region\b", "a file that needs regions is two files")]
    [InlineData(@"\bTODO\b|\bFIXME\b|NotImplementedException", "what is not done is an issue, not a comment")]
    [InlineData(@"^\s*private (?!protected |static partial )|^internal ", "the default needs no word", RegexOptions.Multiline)]
    public void Product_code_avoids(string pattern, string why, RegexOptions options = RegexOptions.None) =>
        Assert.True(Using(pattern, options) is [], $"{why}: {string.Join(", ", Using(pattern, options))}");

    [Fact]
    public void Connections_are_opened_in_two_places()
    {
        string[] places = ["Downloads/WebRequests.cs", "Tasks/Notices/WebhookNotice.cs", "Tasks/Notices/SyslogNotice.cs"];
        var opening = Using(@"\b(HttpClient|HttpMessageInvoker|SocketsHttpHandler|HttpClientHandler|WebRequest|FtpWebRequest|WebClient|Socket|TcpClient|TcpListener|UdpClient|NetworkStream|Ping|Dns|SmtpClient|QuicConnection|ClientWebSocket)\b(?!\w)", RegexOptions.None);
        Assert.Equal(places.Order(StringComparer.Ordinal), opening.Select(file => file.Replace('\\', '/').Replace("src/PSFineTune.Core/", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Certificates_are_always_checked() =>
        Assert.Empty(Using("ServerCertificate(Custom)?ValidationCallback|RemoteCertificateValidationCallback|DangerousAcceptAny", RegexOptions.None));

    [Fact]
    public void No_file_names_a_machine()
    {
        string[] kinds = ["*.cs", "*.csproj", "*.props", "*.targets", "*.ps1", "*.psd1", "*.ps1xml", "*.md", "*.txt", "*.json"];
        var files = new[] { "src", "tests", "module", "examples" }.Select(folder => Path.Combine(s_root, folder)).Where(Directory.Exists)
            .SelectMany(folder => kinds.SelectMany(kind => Directory.GetFiles(folder, kind, SearchOption.AllDirectories)));
        Assert.Empty(files.Where(file => MachinePath().IsMatch(File.ReadAllText(file))).Select(Shown));
    }

    static string[] Using(string pattern, RegexOptions options) =>
        [.. Sources("src/PSFineTune.Core").Concat(Sources("src/PSFineTune.Cmdlets")).Where(file => Regex.IsMatch(File.ReadAllText(file), pattern, options)).Select(Shown)];

    static IEnumerable<Type?> Mentions(MemberInfo member) => member switch
    {
        MethodBase method => method.GetParameters().Select(parameter => parameter.ParameterType).Append((method as MethodInfo)?.ReturnType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };

    static string Shown(string file) => Path.GetRelativePath(s_root, file);

    static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "PSFineTune.sln")) ? folder : Above(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No folder above the tests has PSFineTune.sln."));

    [GeneratedRegex("(Utils?|Helpers?|Manager|Base|Impl)$")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"(?<![\w.~$}])/(work|root|home/\w+)/\w|[A-Za-z]:\\Users\\")]
    private static partial Regex MachinePath();
}
