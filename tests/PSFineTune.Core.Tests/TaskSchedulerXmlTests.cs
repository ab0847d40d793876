using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using PSFineTune.Scheduling;
using Xunit;
using TaskScheduler = PSFineTune.Scheduling.Schedulers.TaskScheduler;

namespace PSFineTune.Tests;

/// <summary>The XML of Windows tasks against the elements, orders and types of [MS-TSCH] 2.5, as far as the module uses them.</summary>
public sealed class TaskSchedulerXmlTests : IDisposable
{
    const string Space = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    readonly ScheduledFolder _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Every_task_is_valid()
    {
        var schema = Schema();
        foreach (var schedule in SchedulingTests.Schedules)
            foreach (var (user, interactive) in new[] { (null, false), (@"FABRIKAM\svc & co", false), (@"NT AUTHORITY\SYSTEM", false), ((string?)null, true) })
            {
                var request = _machine.Request(new TaskScheduler()) with { User = user, Interactive = interactive, Schedule = schedule with { RandomDelay = TimeSpan.FromMinutes(20), TimeLimit = TimeSpan.FromHours(30) } };
                Assert.Empty(Errors(schema, Document(request)));
            }
    }

    [Fact]
    public void The_schema_finds_what_is_out_of_order_or_of_another_type()
    {
        var document = Document(_machine.Request(new TaskScheduler()));
        Assert.Empty(Errors(Schema(), document));
        var trigger = document.Descendants(XName.Get("CalendarTrigger", Space)).Single();
        var moved = trigger.Elements().First();
        moved.Remove();
        trigger.Add(moved);
        Assert.NotEmpty(Errors(Schema(), document));
        document = Document(_machine.Request(new TaskScheduler()));
        document.Descendants(XName.Get("ExecutionTimeLimit", Space)).Single().Value = "6 hours";
        Assert.NotEmpty(Errors(Schema(), document));
    }

    [Fact]
    public void Settings_say_what_was_asked()
    {
        string Of(TaskRequest request, string name) => Document(request).Descendants(XName.Get(name, Space)).First().Value;
        var plain = _machine.Request(new TaskScheduler());
        Assert.Equal(("PT0S", "true", "IgnoreNew", "LeastPrivilege", "S4U"), (Of(plain, "ExecutionTimeLimit"), Of(plain, "StartWhenAvailable"), Of(plain, "MultipleInstancesPolicy"), Of(plain, "RunLevel"), Of(plain, "LogonType")));
        Assert.Equal("2026-02-11T02:30:00", Of(plain, "StartBoundary"));
        var bound = plain with { Interactive = true, Schedule = new() { At = new(2, 30, 0), SkipMissed = true, TimeLimit = TimeSpan.FromHours(6), RandomDelay = TimeSpan.FromMinutes(20) } };
        Assert.Equal(("PT6H", "false", "InteractiveToken", "PT20M"), (Of(bound, "ExecutionTimeLimit"), Of(bound, "StartWhenAvailable"), Of(bound, "LogonType"), Of(bound, "RandomDelay")));
        Assert.Empty(Document(plain with { User = @"NT AUTHORITY\SYSTEM" }).Descendants(XName.Get("LogonType", Space)));
        Assert.StartsWith("-NoProfile -NonInteractive -Command \"$ErrorActionPreference = 'Stop'; Import-Module '/modules", Of(plain, "Arguments"));
    }

    [Fact]
    public void What_the_scheduler_would_read_otherwise_is_encoded()
    {
        var request = _machine.Request(new TaskScheduler()) with { Settings = _machine.Add("100% %TEMP%.json", "{}"), Name = "percent" };
        var arguments = Document(request).Descendants(XName.Get("Arguments", Space)).Single().Value;
        var command = Encoding.Unicode.GetString(Convert.FromBase64String(arguments.Split("-EncodedCommand ")[1]));
        Assert.EndsWith("100% %TEMP%.json' -SetExitCode).ExitCode", command);
    }

    XDocument Document(TaskRequest request)
    {
        var text = _machine.Tasks.Register(request, _ => false).Definition;
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n<Task version=\"1.2\" ", text);
        return XDocument.Parse(text);
    }

    static List<string> Errors(XmlSchemaSet schema, XDocument document)
    {
        var errors = new List<string>();
        new XDocument(document).Validate(schema, (_, wrong) => errors.Add(wrong.Message));
        return errors;
    }

    // All: any order, each at most once. Sequence: this order.
    static XmlSchemaSet Schema()
    {
        string[] days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        string[] months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
        string Nothing(string name) => $"<xs:element name='{name}' minOccurs='0'><xs:complexType/></xs:element>";
        string Any(string name, string type = "xs:string") => $"<xs:element name='{name}' type='{type}' minOccurs='0'/>";
        string Enum(string name, params string[] values) => $"<xs:simpleType name='{name}'><xs:restriction base='xs:string'>{string.Concat(values.Select(value => $"<xs:enumeration value='{value}'/>"))}</xs:restriction></xs:simpleType>";
        string Whole(string name, string type, int least, int most) => $"<xs:element name='{name}' minOccurs='0'><xs:simpleType><xs:restriction base='{type}'><xs:minInclusive value='{least}'/><xs:maxInclusive value='{most}'/></xs:restriction></xs:simpleType></xs:element>";
        string All(string name, string content, string attributes = "") => $"<xs:complexType name='{name}'><xs:all>{content}</xs:all>{attributes}</xs:complexType>";

        var text = $"""
            <xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='{Space}' xmlns='{Space}' xmlns:t='{Space}' elementFormDefault='qualified'>
            <xs:element name='Task' type='task'>
              <xs:key name='principal'><xs:selector xpath='t:Principals/t:Principal'/><xs:field xpath='@id'/></xs:key>
              <xs:keyref name='context' refer='principal'><xs:selector xpath='t:Actions'/><xs:field xpath='@Context'/></xs:keyref>
            </xs:element>
            <xs:simpleType name='text'><xs:restriction base='xs:string'><xs:minLength value='1'/></xs:restriction></xs:simpleType>
            {Enum("policy", "Parallel", "Queue", "IgnoreNew", "StopExisting")}
            {Enum("logon", "S4U", "Password", "InteractiveToken", "InteractiveTokenOrPassword")}
            {Enum("level", "LeastPrivilege", "HighestAvailable")}
            {All("task", Any("RegistrationInfo", "info") + Any("Triggers", "triggers") + Any("Settings", "settings") + Any("Principals", "principals") + "<xs:element name='Actions' type='actions'/>", "<xs:attribute name='version'><xs:simpleType><xs:restriction base='xs:string'><xs:pattern value='\\d+\\.\\d+'/></xs:restriction></xs:simpleType></xs:attribute>")}
            {All("info", Any("URI", "xs:anyURI") + Any("SecurityDescriptor") + Any("Source") + Any("Date", "xs:dateTime") + Any("Author") + Any("Version") + Any("Description") + Any("Documentation"))}
            <xs:complexType name='triggers'><xs:choice minOccurs='0' maxOccurs='48'><xs:element name='CalendarTrigger' type='calendar'/></xs:choice></xs:complexType>
            <xs:complexType name='calendar'><xs:sequence>
              {Any("Enabled", "xs:boolean")}{Any("StartBoundary", "xs:dateTime")}{Any("EndBoundary", "xs:dateTime")}{Any("Repetition")}{Any("ExecutionTimeLimit", "xs:duration")}{Any("RandomDelay", "xs:duration")}
              <xs:choice><xs:element name='ScheduleByDay' type='daily'/><xs:element name='ScheduleByWeek' type='weekly'/><xs:element name='ScheduleByMonth' type='monthly'/></xs:choice>
            </xs:sequence><xs:attribute name='id' type='xs:ID'/></xs:complexType>
            {All("daily", Whole("DaysInterval", "xs:unsignedInt", 1, 365))}
            {All("weekly", Whole("WeeksInterval", "xs:unsignedByte", 1, 52) + Any("DaysOfWeek", "days"))}
            {All("monthly", Any("DaysOfMonth", "numbers") + Any("Months", "months"))}
            {All("days", string.Concat(days.Select(Nothing)))}
            {All("months", string.Concat(months.Select(Nothing)))}
            <xs:complexType name='numbers'><xs:sequence><xs:element name='Day' maxOccurs='32'><xs:simpleType><xs:restriction base='xs:string'><xs:pattern value='[1-9]|[12]\d|3[01]|Last'/></xs:restriction></xs:simpleType></xs:element></xs:sequence></xs:complexType>
            {All("settings", Any("AllowStartOnDemand", "xs:boolean") + Any("MultipleInstancesPolicy", "policy") + string.Concat(new[] { "DisallowStartIfOnBatteries", "StopIfGoingOnBatteries", "AllowHardTerminate", "StartWhenAvailable", "RunOnlyIfNetworkAvailable", "WakeToRun", "Enabled", "Hidden", "RunOnlyIfIdle" }.Select(name => Any(name, "xs:boolean"))) + Any("DeleteExpiredTaskAfter", "xs:duration") + Any("ExecutionTimeLimit", "xs:duration") + Whole("Priority", "xs:byte", 0, 10))}
            <xs:complexType name='principals'><xs:sequence><xs:element name='Principal' type='principal'/></xs:sequence></xs:complexType>
            {All("principal", Any("UserId", "text") + Any("LogonType", "logon") + Any("GroupId", "text") + Any("DisplayName") + Any("RunLevel", "level"), "<xs:attribute name='id' type='xs:ID'/>")}
            <xs:complexType name='actions'><xs:choice maxOccurs='32'><xs:element name='Exec' type='exec'/></xs:choice><xs:attribute name='Context' type='xs:IDREF'/></xs:complexType>
            {All("exec", "<xs:element name='Command' type='text'/>" + Any("Arguments") + Any("WorkingDirectory"))}
            </xs:schema>
            """;
        var schemas = new XmlSchemaSet();
        using var reader = XmlReader.Create(new StringReader(text));
        schemas.Add(Space, reader);
        schemas.Compile();
        return schemas;
    }
}
