using System.Net;
using System.Security.Authentication;
using System.Text;

namespace PSFineTune.Downloads;

/// <summary>Why a transfer did not come to its end, where another try may.</summary>
/// <param name="Why">For a message, a clause.</param>
/// <param name="After">How long the server asks to wait.</param>
/// <param name="IsUnreachable">There was no connection at all.</param>
sealed record Interruption(string Why, TimeSpan? After = null, bool IsUnreachable = false)
{
    /// <summary>What a failed request means.</summary>
    /// <exception cref="FineTuneException">ProxyDenied, UntrustedServer: another try would end the same.</exception>
    public static Interruption Of(HttpRequestException wrong, string from) => wrong.HttpRequestError switch
    {
        // What a proxy says of a server that it does not reach just now.
        HttpRequestError.ProxyTunnelError when wrong.StatusCode is { } status && IsPassing(status) => new(FormattableString.Invariant($"the proxy said {(int)status}")),
        // The library's own message has the proxy's address, in which a password may stand.
        HttpRequestError.ProxyTunnelError => throw Fault.ProxyDenied(from, wrong.StatusCode is { } status ? FormattableString.Invariant($"it says {(int)status}.") : "it makes no connection."),
        HttpRequestError.SecureConnectionError when Untrusted(wrong) is { } why => throw Fault.UntrustedServer(from, why.Message),
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError => new(wrong.Message, IsUnreachable: true),
        _ => new($"the connection was lost ({(wrong.InnerException ?? wrong).Message.TrimEnd('.')})"),
    };

    /// <summary>What an answer means that brings no file; null for one that does, or that says how much there is.</summary>
    /// <exception cref="FineTuneException">DownloadNotFound, DownloadDenied, ProxyDenied, CaptivePortal, UnexpectedAnswer.</exception>
    public static Interruption? Of(HttpResponseMessage answer, string from, DateTimeOffset now)
    {
        var status = (int)answer.StatusCode;
        return answer.StatusCode switch
        {
            HttpStatusCode.OK or HttpStatusCode.PartialContent when IsPage(answer) => throw Fault.CaptivePortal(from),
            HttpStatusCode.OK or HttpStatusCode.PartialContent when answer.Content.Headers.ContentEncoding.Any(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)) =>
                throw Fault.UnexpectedAnswer(from, $"packed content ({string.Join(", ", answer.Content.Headers.ContentEncoding)}) that was not asked for"),
            HttpStatusCode.OK or HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable => null,
            HttpStatusCode.NotFound or HttpStatusCode.Gone => throw Fault.DownloadNotFound(from, FormattableString.Invariant($"the server says {status}")),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => throw Fault.DownloadDenied(from, status),
            HttpStatusCode.ProxyAuthenticationRequired => throw Fault.ProxyDenied(from, "it wants to know who is there (407)."),
            HttpStatusCode.NetworkAuthenticationRequired => throw Fault.CaptivePortal(from),
            var other when other is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || IsPassing(other) =>
                new(FormattableString.Invariant($"the server said {status}"), WebRequests.RetryAfter(answer, now)),
            _ => throw Fault.UnexpectedAnswer(from, FormattableString.Invariant($"{status} {answer.ReasonPhrase}")),
        };
    }

    static bool IsPassing(HttpStatusCode status) => status is >= HttpStatusCode.InternalServerError and not (HttpStatusCode.NotImplemented or HttpStatusCode.HttpVersionNotSupported);

    /// <summary>Whether content begins as a web page does.</summary>
    public static bool IsPage(ReadOnlySpan<byte> start)
    {
        start = start.TrimStart("\uFEFF \t\r\n"u8);
        return Begins(start, "<!doctype html") || Begins(start, "<html");
    }

    static bool Begins(ReadOnlySpan<byte> bytes, string text) => bytes.Length >= text.Length && Ascii.EqualsIgnoreCase(bytes[..text.Length], text);

    static bool IsPage(HttpResponseMessage answer) => answer.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml";

    static AuthenticationException? Untrusted(Exception? wrong) => wrong switch
    {
        null => null,
        AuthenticationException untrusted => untrusted,
        _ => Untrusted(wrong.InnerException),
    };
}
