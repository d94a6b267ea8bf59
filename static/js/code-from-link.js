// The link in the mail brings the code behind the #: it goes into the field, and the form is sent.
const enter = () => {
  const code = decodeURIComponent(location.hash.slice(1))
  const field = document.querySelector('#code-form input[name=code]')
  if (!field || !/^[\w-]{4,12}$/.test(code)) return
  history.replaceState(null, '', location.pathname + location.search)
  field.value = code
  field.form.requestSubmit()
}
enter()
window.addEventListener('hashchange', enter)
