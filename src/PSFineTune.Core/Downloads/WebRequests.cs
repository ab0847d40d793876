using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace PSFineTune.Downloads;

/// <summary>
/// The one place that opens connections, but for a task's webhook. Redirects are followed here and not by the library, for
/// it tells nothing of where they lead. Calls come back when the answer's head is there.
/// </summary>
sealed class WebRequests : IDisposable
{
    const int MostRedirects = 10;

    readonly DownloadOptions _options;
    readonly HttpClient _client;

    public WebRequests(DownloadOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseCookies = false,
            DefaultProxyCredentials = options.ProxyCredential, Credentials = options.Credential, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
        };
        if (options.Proxy is { } proxy) handler.Proxy = new WebProxy(proxy) { Credentials = options.ProxyCredential, BypassProxyOnLocal = false };
        _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The answer of where the address leads in the end.</summary>
    /// <param name="from">http or https.</param>
    /// <param name="offset">The first byte wanted.</param>
    /// <param name="mark">What the content must still be, for an offset above 0; null for not to ask.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="FineTuneException">InsecureDownload, InsecureRedirect, TooManyRedirects, UnexpectedAnswer.</exception>
    /// <exception cref="HttpRequestException">There is no connection.</exception>
    public HttpResponseMessage Get(Uri from, long offset, string? mark, CancellationToken cancel)
    {
        var at = from;
        for (var redirects = 0; ; redirects++)
        {
            WebAddress.Check(at, _options.AllowInsecure);
            using var request = Request(at, offset, mark);
            // Not the synchronous call: that does not end at once where a name is being looked up.
            var answer = _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).GetAwaiter().GetResult();
            if (answer.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)) return answer;
            using (answer) at = Next(at, answer);
            if (redirects >= MostRedirects) throw Fault.TooManyRedirects(WebAddress.Shown(from), redirects);
        }
    }

    static Uri Next(Uri at, HttpResponseMessage answer)
    {
        if (answer.Headers.Location is not { } location || !Uri.TryCreate(at, location, out var next) || !WebAddress.IsWeb(next))
            throw Fault.UnexpectedAnswer(WebAddress.Shown(at), "a redirect to nowhere that can be asked");
        if (at.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps) throw Fault.InsecureRedirect(WebAddress.Shown(at), WebAddress.Shown(next));
        return next;
    }

    static HttpRequestMessage Request(Uri at, long offset, string? mark)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, at);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("PSFineTune", typeof(WebRequests).Assembly.GetName().Version?.ToString(3)));
        request.Headers.AcceptEncoding.Add(new("identity"));
        if (offset > 0)
        {
            request.Headers.Range = new(offset, null);
            if (mark is not null) request.Headers.TryAddWithoutValidation("If-Range", mark);
        }
        return request;
    }

    /// <summary>The server's mark of the content, for If-Range; null for none that is sure.</summary>
    public static string? MarkOf(HttpResponseMessage answer) =>
        answer.Headers.ETag is { } tag ? tag.IsWeak ? null : tag.Tag : answer.Content.Headers.LastModified?.ToString("r", CultureInfo.InvariantCulture);

    /// <summary>How long the server asks to wait; null where it does not.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage answer, DateTimeOffset now) =>
        answer.Headers.RetryAfter is not { } after ? null : after.Delta ?? (after.Date - now is { } left && left > TimeSpan.Zero ? left : TimeSpan.Zero);
}
