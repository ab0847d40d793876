using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace PSFineTune.Tasks.Notices;

/// <summary>Sends the outcome as JSON to an address: what TaskOutcome has, and a line under "text", which chat services show.</summary>
sealed class WebhookNotice(TaskWebhook hook) : Notice
{
    const string FromEnvironment = "env:";

    static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    // Only the host: an address may carry a secret.
    public override string Name => $"the webhook at {new Uri(hook.Url).Host}";

    public override void Send(TaskOutcome outcome, CancellationToken cancel)
    {
        if (hook.OnlyFailures && outcome.Result == TaskResult.Published) return;
        var body = (JsonObject)JsonNode.Parse(PlanJson.WriteLine(outcome))!;
        body["text"] = Line(outcome);
        // The system's proxy and certificates count; a redirect would carry headers elsewhere.
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = hook.Timeout };
        for (var tried = 0; ; tried++)
            try
            {
                using var request = Request(body.ToJsonString());
                using var answer = client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancel);
                answer.EnsureSuccessStatusCode();
                return;
            }
            catch (Exception wrong) when (tried < hook.Retries && wrong is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
            {
                cancel.WaitHandle.WaitOne(s_pause * (1 << Math.Min(tried, 5)));
            }
            catch (TaskCanceledException slow) when (!cancel.IsCancellationRequested)
            {
                throw new TimeoutException($"no answer within {hook.Timeout:c}", slow);
            }
    }

    HttpRequestMessage Request(string json)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("PSFineTune", typeof(WebhookNotice).Assembly.GetName().Version?.ToString(3)));
        foreach (var (name, value) in hook.Headers)
            if (!request.Headers.TryAddWithoutValidation(name, Value(value))) throw new FormatException($"'{name}' is no header of a request");
        return request;
    }

    static string Value(string given) => !given.StartsWith(FromEnvironment, StringComparison.Ordinal) ? given
        : Environment.GetEnvironmentVariable(given[FromEnvironment.Length..]) ?? throw new InvalidOperationException($"the environment variable '{given[FromEnvironment.Length..]}' is not set");
}
